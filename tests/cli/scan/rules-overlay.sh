#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Files are laid over each other in the order given.
cat >off.toml <<'END'
[[rules]]
id = "test-one"
disable = true
END
rule test-two ttwo_ >two.toml
printf 'tone_70395286 ttwo_70395286\n' >file
found() {
	stanch scan -f jsonl --no-builtin "$@" file |
		grep -o '"rule_id":"[^"]*"'
	echo .
}
found -r ../rules.toml -r two.toml
found -r ../rules.toml -r two.toml -r off.toml
# Over the built-in rules, too.
secret github-pat >token
printf '[[rules]]\nid = "github-pat"\ndisable = true\n' >off.toml
status stanch scan -q -c proven token
status stanch scan -q -c proven -r off.toml token
