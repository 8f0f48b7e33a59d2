#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

rule test-two ttwo_ >two.toml
printf 'tone_12345678 ttwo_12345678 tone_12345670\n' |
	stanch redact --no-builtin -r ../rules.toml -r two.toml --stats
echo plain | stanch redact --no-builtin -r ../rules.toml --stats
