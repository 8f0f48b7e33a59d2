#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

sed 's/"shaped"/"contextual"/; s/test-one/test-weak/; s/tone_/tweak_/' \
	../rules.toml >weak.toml
printf 'tone_70395286\ntweak_70395286\n' >file
found() {
	stanch scan -f jsonl --no-builtin -r ../rules.toml -r weak.toml "$@" \
		file | grep -c '"rule_id"' || true
}
found
found -c heuristic
found --confidence contextual
found --confidence shaped
found -c proven
