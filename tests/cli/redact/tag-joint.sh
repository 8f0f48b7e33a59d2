#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Neither an escape sequence nor a build system's command comes about where a
# tag meets the text before it.
rule test-one tone_ >../rules.toml

redact() {
	stanch redact --no-builtin -r ../rules.toml "$@" | cat -v
}
printf '\033tone_70395286\n\033[2;tone_70395286\n' | redact
printf '##tone_70395286\n:tone_70395286\n' | redact
printf ':tone_70395286\n' | redact --tag ':{rule}'
status stanch redact --no-builtin -r ../rules.toml --tag '::{rule}' </dev/null
status stanch redact --no-builtin -r ../rules.toml --tag '##[{rule}]' </dev/null
