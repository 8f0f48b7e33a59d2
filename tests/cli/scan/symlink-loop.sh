#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A loop that is named is an error; one that is met is not followed.
ln -s loop loop
status stanch scan --no-builtin -r ../rules.toml loop
mkdir -p tree/deep
ln -s .. tree/deep/up
ln -s self tree/self
echo plain >tree/deep/file
status stanch scan -q --no-builtin -r ../rules.toml tree
stanch scan --no-builtin -r ../rules.toml tree
# A link out of the tree is not followed either.
echo tone_70395286 >outside
ln -s ../outside tree/link
status stanch scan -q --no-builtin -r ../rules.toml tree
