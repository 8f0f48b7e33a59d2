#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# More tags in one read than go into one writev.
yes tone_70395286 | head -n 20000 | tr '\n' ' ' >in
stanch redact --no-builtin -r ../rules.toml <in >out
sed 's/tone_70395286/[REDACTED:test-one]/g' in | cmp - out
