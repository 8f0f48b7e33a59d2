#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs the unit test programs named; sums up what they say.
set -u
passed=0 failed=0
for program in "$@"; do
	out=$("$program" 2>&1)
	status=$?
	line=$(grep -aoE 'Passing: [0-9]+' <<<"$out" | tail -n 1)
	n=${line##* }
	bad=$(grep -aoE '(Failing|Crashing): [0-9]+' <<<"$out" |
		awk '{ n += $2 } END { print n + 0 }')
	passed=$((passed + ${n:-0}))
	if [ $status -ne 0 ] || [ -z "$n" ]; then
		echo "$out"
		[ "$bad" -gt 0 ] || bad=1
	fi
	failed=$((failed + bad))
	printf '%-24s %s passed, %d failed\n' "${program##*/}" "${n:-0}" "$bad"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
