#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

rule test-two ttwo_ >two.toml
printf 'tone_70395286 ttwo_70395286 tone_70395281\n' |
	stanch redact --no-builtin -r ../rules.toml -r two.toml --stats
echo plain | stanch redact --no-builtin -r ../rules.toml --stats
