#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs the laws of the house: each prints file:line and what is wrong there.
set -u
here=$(cd "$(dirname "$0")" && pwd)
passed=0 failed=0
for law in "$here"/*.sh; do
	[ "${law##*/}" != run.sh ] || continue
	if out=$("$law" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL ${law##*/}"
		echo "$out"
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
