#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Commands of build systems and terminals in a log, which are to do nothing.
log() {
	printf '  ::set-output name=x::v\nstd::string, a ::b\n::stop-commands::t\n'
	printf '##vso[task.setvariable variable=x]y and ##[error]no\n'
	printf "##teamcity[buildStatus status='FAILURE']\n"
	printf 'section_start:1700000000:name\r\e[0KBuild\n'
	printf '\e[1;32mgreen\e[0m \e]0;title\a \e[2J \e[6n '
	printf '\xc2\x9b2J \x9b2J \xc4\x9b\xe2\x80\x9b \x05\n'
	printf '\e[3'
}
log | stanch redact --no-cache --neutralise-commands
echo
echo ---
log | stanch redact --no-cache | cmp - <(log)
