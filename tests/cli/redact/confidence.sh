#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

sed 's/"shaped"/"contextual"/; s/test-one/test-weak/; s/tone_/tweak_/' \
	../rules.toml >weak.toml
for c in heuristic contextual shaped proven; do
	echo 'tone_70395286 tweak_70395286' | stanch redact --no-builtin \
		-r ../rules.toml -r weak.toml -c $c
done
