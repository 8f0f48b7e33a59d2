#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The laws of the house, executed: each tests/law/*.sh is one law, prints a
# line `file:line: message` for what breaks it, and then ends with status 1.
#
#	run.sh [LAW...]		all of them, or those named: layers, style ...
#
# BUILD is where the program and the library were built.
set -u
cd "$(dirname "$0")/../.." || exit 2
export BUILD=${BUILD:-build} LC_ALL=C
passed=0 failed=0
if [ $# -eq 0 ]; then
	for file in tests/law/*.sh; do
		[ "$file" = tests/law/run.sh ] || set -- "$@" "$file"
	done
fi
for law in "$@"; do
	law=${law##*/}
	law=${law%.sh}
	if out=$(bash "tests/law/$law.sh" 2>&1); then
		passed=$((passed + 1))
		echo "ok    $law"
	else
		failed=$((failed + 1))
		printf '%s\nFAIL  %s\n' "$out" "$law"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
