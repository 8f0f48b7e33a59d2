#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The script is sound, and knows commands, options, values and rules.
stanch completion bash >script
if command -v shellcheck >/dev/null; then shellcheck -s bash script; fi
# shellcheck disable=SC1091
. ./script
try() {
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
	_stanch stanch "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
	echo "$*: ${COMPREPLY[*]}"
}
touch one.toml
try stanch s
try stanch scan --form
try stanch scan --format ''
try stanch scan --format = js
try stanch scan --color a
try stanch scan o
try stanch scan -j ''
try stanch rules ''
try stanch rules list --
try stanch rules check o
try stanch rules show github-pa
try stanch completion ''
