#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The status is the command's; our own failures have statuses apart from it.
touch ../no-program

redact() {
	status stanch redact --no-cache "$@" 2>&1
}
redact -- true
redact -- sh -c 'exit 7'
# shellcheck disable=SC2016 # for the shell that is run
redact -- sh -c 'kill -TERM $$'
redact -- no-such-command-anywhere
redact -- ../no-program
redact --
redact --rules nowhere -- echo never run
redact --no-such-option -- echo never run
