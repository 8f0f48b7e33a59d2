#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# The reader leaves in the middle: an error, at once, and no loop.
{
	yes | stanch redact --no-builtin -r ../rules.toml
	echo "status ${PIPESTATUS[1]}" >status
} | head -c 1000000 | wc -c
cat status
