#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# All that one read lets go leaves in one write, however many tags are in it.
for i in {1..50}; do echo "$i tone_70395286 tone_61928403"; done >in
# The leak check of a sanitizer build does not work under strace.
export ASAN_OPTIONS=detect_leaks=0
strace -e trace=write,writev -o trace \
	stanch redact --no-builtin -r ../rules.toml <in >out
grep -c 'writev\?(1' trace
grep -o REDACTED out | wc -l
