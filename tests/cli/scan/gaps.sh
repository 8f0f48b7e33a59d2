#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# What cannot be read is a gap, and the status has bit 4, alone or not.
mkdir tree
mkfifo tree/pipe
echo plain >tree/file
stanch scan --no-builtin -r ../rules.toml tree
echo "status $?"
echo tone_70395286 >tree/file
stanch scan -q --no-builtin -r ../rules.toml tree
echo "status $?"
