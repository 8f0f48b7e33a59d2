#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

mkdir sub
echo tone_70395286 >sub/file
stanch scan -f jsonl --no-builtin -r ../rules.toml | grep -o '"path":"[^"]*"'
