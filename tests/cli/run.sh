#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs the cases of the command line: tests/cli/<command>/<case>.sh with, beside
# it, what must come of it:
#
#	<case>.stdin		its input (else none)
#	<case>.stdout.exact	its output, byte for byte (else none at all)
#	<case>.stdout.glob	... or a pattern in which * stands for anything
#	<case>.stderr.exact, <case>.stderr.glob	the same
#	<case>.exit		its exit status (else 0)
#
# A case that ends with status 77 cannot be tried here and is skipped.
#
# A case runs in a directory of its own, with nothing in the environment but
# what is set below, and helpers.sh read first.
#
#	run.sh [--set] [--long] [--verbose] [--exec-prefix CMD] [CASE...]
#
# --set writes down what came out as what must come; --long adds the cases
# that take minutes; --exec-prefix runs the program under CMD, as
# 'valgrind -q'.  BUILD is where the program was built.
set -u

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${BUILD:-build}" && pwd) || exit 2
[ -x "$build/stanch" ] || { echo "run.sh: no $build/stanch" >&2; exit 2; }
set_them='' long='' verbose='' prefix='' cases=()

while [ $# -gt 0 ]; do
	case $1 in
	--set) set_them=1 ;;
	--long) long=1 ;;
	--verbose) verbose=1 ;;
	--exec-prefix) prefix=$2; shift ;;
	-*) echo "run.sh: unknown option '$1'" >&2; exit 2 ;;
	*) cases+=("$(realpath "$1")") ;;
	esac
	shift
done
[ ${#cases[@]} -gt 0 ] || cases=("$here"/*/*.sh)

no_limit=$prefix
! grep -q __asan_init "$build/stanch" || no_limit=1

work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/cache"
chmod 700 "$work/cache"
if [ -n "$prefix" ]; then
	printf '#!/bin/bash\nexec %s %q "$@"\n' "$prefix" "$build/stanch" \
		>"$work/bin/stanch"
	chmod +x "$work/bin/stanch"
else
	ln -s "$build/stanch" "$work/bin/stanch"
fi

# In its own directory; $1 is the case without ".sh".
run_case() {
	local input=/dev/null

	[ ! -e "$1.stdin" ] || input=$1.stdin
	mkdir -p "$work/case/home" "$work/case/tmp"
	(
		cd "$work/case/tmp" || exit 99
		exec env -i HOME="$work/case/home" TERM=dumb LC_ALL=C.UTF-8 \
			PATH="$work/bin:/usr/local/bin:/usr/bin:/bin" \
			STANCH_CACHE_DIR="$work/cache" TOP="$here/../.." \
			TEST_LONG="$long" TEST_NO_LIMIT="$no_limit" \
			BASH_ENV="$here/helpers.sh" \
			timeout -k 10 "${TEST_TIMEOUT:-300}" bash "$1.sh" \
			<"$input" >"$work/stdout" 2>"$work/stderr"
	)
	echo $? >"$work/exit"
	chmod -R u+rwX "$work/case"
	rm -rf "$work/case"
}

# Only * is special in our patterns: output is full of brackets.
matches() {
	local text pattern

	text=$(tr -d '\0' <"$2"; echo .)
	pattern=$(cat "$1"; echo .)
	pattern=${pattern//\\/\\\\}
	pattern=${pattern//\[/\\[}
	pattern=${pattern//\?/\\?}
	# shellcheck disable=SC2053 # a pattern it is
	[[ $text == $pattern ]]
}

# $1 the case, $2 stdout or stderr: is it what must come?
compare() {
	if [ -e "$1.$2.exact" ]; then
		cmp -s "$1.$2.exact" "$work/$2"
	elif [ -e "$1.$2.glob" ]; then
		matches "$1.$2.glob" "$work/$2"
	else
		[ ! -s "$work/$2" ]
	fi
}

show_wrong() {
	local expected=/dev/null

	[ ! -e "$1.$2.exact" ] || expected=$1.$2.exact
	[ ! -e "$1.$2.glob" ] || expected=$1.$2.glob
	diff -a -u --label "$2 expected" --label "$2 got" "$expected" \
		"$work/$2" | head -n 40
}

# Patterns are left: a program cannot know what was meant by the *.
write_down() {
	local s

	for s in stdout stderr; do
		[ ! -e "$1.$s.glob" ] || continue
		rm -f "$1.$s.exact"
		[ ! -s "$work/$s" ] || cp "$work/$s" "$1.$s.exact"
	done
	rm -f "$1.exit"
	[ "$(cat "$work/exit")" = 0 ] || cp "$work/exit" "$1.exit"
}

check_case() {
	local wrong=0 s want=0

	for s in stdout stderr; do
		compare "$1" "$s" || { show_wrong "$1" "$s"; wrong=1; }
	done
	[ ! -e "$1.exit" ] || want=$(cat "$1.exit")
	if [ "$(cat "$work/exit")" != "$want" ]; then
		echo "exit status expected $want, got $(cat "$work/exit")"
		wrong=1
	fi
	return $wrong
}

passed=0 failed=0 skipped=0
for file in "${cases[@]}"; do
	name=${file%.sh}
	[[ $name == */*/* && ${file##*/} != @(run|helpers).sh ]] || continue
	run_case "$name"
	if [ "$(cat "$work/exit")" = 77 ]; then
		skipped=$((skipped + 1))
		echo "skip ${name#"$here/"}"
		continue
	fi
	[ -z "$set_them" ] || write_down "$name"
	if check_case "$name" >"$work/wrong"; then
		passed=$((passed + 1))
		[ -z "$verbose" ] || echo "ok   ${name#"$here/"}"
	else
		failed=$((failed + 1))
		echo "FAIL ${name#"$here/"}"
		sed 's/^/     /' "$work/wrong"
	fi
done
[ $skipped -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
