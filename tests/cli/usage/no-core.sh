#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What was in memory must not be left in a file: no core, and nobody of the
# same user may look into it.
mkfifo hold
{ sleep 1; } >hold &
stanch redact --no-builtin -r <(rule test-one tone_) <hold >/dev/null &
pid=$!
for _ in {1..100}; do
	grep -qs 'Max core file size  *0 ' "/proc/$pid/limits" && break
	sleep 0.02
done
grep -cs 'Max core file size  *0 ' "/proc/$pid/limits"
wait
