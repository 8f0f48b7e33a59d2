#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

mkdir tree
echo tone_70395286 >tree/small
{ head -c 5000 /dev/zero; echo tone_70395286; } >tree/large
stanch scan -f jsonl --no-builtin -r ../rules.toml --max-file-size 4K tree \
	>report
echo "status $?"
grep -c '"rule_id"' report
grep -o '"over-limit":1' report | head -n 1
