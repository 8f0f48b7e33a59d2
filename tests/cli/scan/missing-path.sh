#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

echo plain >file
stanch scan --no-builtin -r ../rules.toml file no/such/path
echo "status $?"
status stanch scan ''
