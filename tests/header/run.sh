#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The public header needs nothing before it and warns nowhere: in every
# language a caller may have, with each compiler that is there.
set -u
cd "$(dirname "$0")/../.." || exit 2
passed=0 failed=0
warn='-Wall -Wextra -Wshadow -Wundef -Wpedantic -Werror'

# $1 the compiler, $2 its language, $3 the standard.  Included twice: once is
# all that counts.
try() {
	# shellcheck disable=SC2086 # words they are
	if printf '#include <stanch.h>\n#include <stanch.h>\n%s\n' \
		'int use(void); int use(void) { return 0; }' |
		"$1" -x "$2" -std="$3" -pedantic-errors $warn $4 -Iinclude \
			-fsyntax-only -; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL  $1 -std=$3"
	fi
}

for cc in gcc clang; do
	command -v $cc >/dev/null || continue
	for std in c99 c11 c17; do
		try $cc c $std '-Wstrict-prototypes -Wc++-compat'
	done
	for std in c++11 c++17; do
		try $cc c++ $std ''
	done
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
