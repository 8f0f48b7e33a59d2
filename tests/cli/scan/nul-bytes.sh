#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# NUL bytes, invalid UTF-8 and lone CR around it hide nothing.
printf '\0\0\377\376x\0\r%s\0\377' tone_70395286 >file
stanch scan -f jsonl --no-builtin -r ../rules.toml file |
	grep -o '"start":[0-9]*,"end":[0-9]*'
