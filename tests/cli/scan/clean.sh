#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Nothing there: status 0, and the report says what was looked at.
mkdir -p tree/deep
echo 'nothing here' >tree/a
echo 'nor here' >tree/deep/b
stanch scan --no-builtin -r ../rules.toml tree
