#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

echo tone_70395286 >file
status stanch scan --quiet --no-builtin -r ../rules.toml file
status stanch scan -q -f jsonl -o report --no-builtin -r ../rules.toml file
wc -l <report
status stanch scan -q --no-builtin -r ../rules.toml missing
