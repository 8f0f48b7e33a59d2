#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

redact() {
	status stanch redact --no-builtin -r ../rules.toml "$@"
}
printf 'a tone_70395286 b\n' | redact --fill '*'
printf 'a tone_70395286 b\n' | redact --fill x
printf 'a tone_70395286 b\n' | redact --fill a
printf 'a tone_70395286 b\n' | redact --fill '**'
