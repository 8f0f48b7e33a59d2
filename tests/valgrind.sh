#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs the property program named (build/prop) and the commands of the
# stanch beside it under valgrind, on small inputs: no byte is read that was
# not written, and nothing is lost.
#
#	PROP_ROUNDS=3 valgrind.sh PROGRAM...
#
# Only the properties that valgrind does not make minutes of: none of those
# over endless streams, every split, or time.
set -u
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || { echo 'usage: valgrind.sh PROGRAM...' >&2; exit 2; }
stanch=$(dirname "$1")/stanch
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROP_ROUNDS=${PROP_ROUNDS:-3}
passed=0 failed=0

properties=(scanner_does_not_see_pieces filter_does_not_see_pieces
	scan_and_filter_find_the_same all_but_covers_comes_out
	no_secret_comes_out filtering_again_changes_nothing little_is_held)

# PCRE2 writes machine code and runs it: valgrind must not keep translations.
under_valgrind() {
	valgrind -q --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite --show-leak-kinds=definite \
		--smc-check=all-non-file --suppressions=tests/valgrind.supp \
		"$@"
}

check() {	# check WHAT STATUS COMMAND...; standard input is $work/input
	local what=$1 want=$2 status=0

	shift 2
	under_valgrind "$@" <"$work/input" >"$work/out" 2>"$work/err" ||
		status=$?
	if [ $status -eq "$want" ] && ! grep -q '^==[0-9]*==' "$work/err"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAIL $what: exit status $status, not $want"
	tail -n 60 "$work/err"
}

make_input() {
	local id

	for id in github-pat jwt private-key-openssh url-postgres slack-bot-token
	do
		"$stanch" rules example "$id"
		printf ' and the password = "correct horse"\n'
	done >"$work/input"
	iconv -f ascii -t UTF-16LE "$work/input" >"$work/wide"
}

[ -x "$stanch" ] || ${MAKE:-make} --no-print-directory -s \
	BUILD="$(dirname "$1")" "$stanch" || exit 2
make_input
for program in "$@"; do
	check "$program" 0 "$program" "${properties[@]}"
done
check 'stanch scan' 1 "$stanch" scan --no-cache -j 2 "$work/wide" -
check 'stanch scan -f jsonl' 1 "$stanch" scan --no-cache -f jsonl \
	"$work/input"
check 'stanch redact' 0 "$stanch" redact --no-cache --stats
check 'stanch rules show' 0 "$stanch" rules show github-pat
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
