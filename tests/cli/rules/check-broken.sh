#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What does not load has its place, as a compiler says it.
printf '[[rules]]\nid = "a\n' >open-string.toml
rule test-one tone_ | sed "s/^regex.*/regex = '''tone_[0-9'''/" >pattern.toml
rule test-one tone_ | sed 's/^impact.*/impact = "dreadful"/' >impact.toml
{ rule test-one tone_; echo 'colour = "red"'; } >key.toml
{ rule test-one tone_; rule test-one tone_; } >twice.toml
: >empty.toml
for f in open-string pattern impact key twice empty missing; do
	status stanch rules check --no-builtin $f.toml
done
status stanch rules check --no-builtin
