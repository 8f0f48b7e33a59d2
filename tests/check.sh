#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs the checks named, each as `make check-NAME`; shows the output of those
# that fail, and a line for each.
set -u
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for name in "$@"; do
	start=$SECONDS
	if ${MAKE:-make} --no-print-directory "check-$name" >"$log" 2>&1; then
		passed=$((passed + 1))
		said=$(grep -aoE '[0-9]+ passed, [0-9]+ failed|[0-9]+ rules checked' \
			"$log" | tail -n 1)
		printf 'ok    %-10s %4d s  %s\n' "$name" $((SECONDS - start)) \
			"$said"
	else
		failed=$((failed + 1))
		tail -n 200 "$log"
		printf 'FAIL  %-10s %4d s  (make check-%s)\n' "$name" \
			$((SECONDS - start)) "$name"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
