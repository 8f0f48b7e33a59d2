#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

printf 'a tone_70395286 b\nc tone_61928403' |
	stanch redact --no-builtin -r ../rules.toml
echo "status $?"
secret github-pat | stanch redact
