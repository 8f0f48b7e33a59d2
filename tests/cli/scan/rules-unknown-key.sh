#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A key that is not honoured is said, by name, and the rest of the file holds.
{ cat ../rules.toml; echo 'colour = "red"'; } >key.toml
echo tone_12345678 >file
status stanch scan -q --no-builtin -r key.toml file
stanch scan -f jsonl --no-builtin -r key.toml file | grep -c '"rule_id"'
