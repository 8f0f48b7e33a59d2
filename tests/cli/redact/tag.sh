#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

tag() {
	echo 'x tone_70395286 y' | stanch redact --no-builtin \
		-r ../rules.toml --tag "$1"
	echo "status $?"
}
tag '***'
tag '<{rule}/{provider}>'
tag '{{gone}}'
tag '{colour}'
tag $'\033[2J'
