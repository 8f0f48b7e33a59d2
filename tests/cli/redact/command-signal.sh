#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A signal to us reaches the command, and its end is ours.
mkfifo ../ready
# shellcheck disable=SC2016 # for the shell that is run
stanch redact --no-cache -- bash -c 'trap "echo got TERM; exit 5" TERM
	echo >../ready; while :; do read -rt 1 <> <(:); done' >../out &
read -r <../ready
kill -TERM $!
wait $!
echo "status $?"
cat ../out
