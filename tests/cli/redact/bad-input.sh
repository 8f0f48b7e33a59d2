#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A standard input that cannot be read.
mkdir folder
stanch redact --no-builtin -r ../rules.toml <folder
echo "status $?"
stanch redact --no-builtin -r ../rules.toml 0>write-only
echo "status $?"
