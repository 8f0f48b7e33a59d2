#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A report that grows inside the tree is not scanned while it does.
echo plain >file
stanch scan -f jsonl --no-builtin -r ../rules.toml -o report .
tail -n 1 report | grep -o '"items":1'
