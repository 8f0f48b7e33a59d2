#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A process that the command leaves behind holds its output open: what it
# writes in time is filtered, and that more may be lost is said.
rule test-one tone_ >../rules.toml
mkfifo ../go

redact() {
	status stanch redact --no-builtin -r ../rules.toml "$@"
}
# shellcheck disable=SC2016 # for the shell that is run
redact --drain-timeout 30 -- sh -c '(cat ../go; echo late tone_70395286) &
	echo early; (echo go >../go) & '
redact --drain-timeout 0 -- sh -c 'exec 9<>../go; sleep 60 <&9 & echo $! >../pid'
kill "$(cat ../pid)"
