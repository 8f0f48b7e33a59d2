#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

printf 'a tone_12345678 b\nc tone_87654321' |
	stanch redact --no-builtin -r ../rules.toml
echo "status $?"
secret github-pat | stanch redact
