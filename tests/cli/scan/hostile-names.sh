#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A name cannot move the cursor or add a line, to the report or a message.
mkdir tree
name=$'tree/\033[2Ja\nfake: line'
echo tone_70395286 >"$name"
stanch scan --no-builtin -r ../rules.toml tree >report
echo "status $?"
tr -dc '\033' <report | wc -c
grep -c '^fake' report
stanch scan $'no\033[2J\nsuch' 2>message
echo "status $?"
tr -dc '\033' <message | wc -c
wc -l <message
