#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A rule file that cannot be used stops the scan before it starts.
echo plain >file
printf '[[rules]]\nid = "a\n' >open-string.toml
rule test-one tone_ | sed "s/^regex.*/regex = '''tone_[0-9'''/" >pattern.toml
: >empty.toml
for f in open-string pattern empty missing; do
	status stanch scan --no-builtin -r $f.toml file
	echo plain | status stanch redact --no-builtin -r $f.toml
done
status stanch scan --no-builtin file
status stanch redact --no-builtin </dev/null
status stanch scan -r . file
