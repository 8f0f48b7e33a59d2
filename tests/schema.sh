#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Real reports, of real findings and gaps, against docs/finding.schema.json.
set -u
cd "$(dirname "$0")/.." || exit 2
stanch=$(cd "${BUILD:-build}" && pwd)/stanch || exit 2
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
passed=0 failed=0

# $1 what is tried; the rest: options and paths of stanch scan
try() {
	local what=$1

	shift
	(cd "$work/tree" && "$stanch" scan --format jsonl "$@" \
		<"$work/stdin" >"$work/report")
	if [ $? -ne 2 ] && tests/schema.py docs/finding.schema.json \
		<"$work/report"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $what"
	fi
}

mkdir -p "$work/tree/clean" "$work/tree/.git"
: >"$work/tree/.git/config"
: >"$work/tree/clean/empty"
: >"$work/stdin"
mkfifo "$work/tree/pipe"
ln -s /nowhere "$work/tree/link"
odd=$(printf 'odd\nname\xff"\\ \x01')
: >"$work/tree/$odd"
# One example of each rule, so that each field has all it can have.
for id in $("$stanch" rules list | awk 'NR > 1 && $1 ~ /-/ { print $1 }'); do
	"$stanch" rules example "$id" >>"$work/tree/all" 2>/dev/null
	echo >>"$work/tree/all"
done
cp "$work/tree/all" "$work/tree/$odd"
iconv -f ASCII -t UTF-16LE <"$work/tree/all" >"$work/tree/wide" 2>/dev/null

try 'a tree with findings and gaps' .
try 'secrets shown' --show-secrets .
try 'only what is sure' --confidence proven .
try 'nothing found' clean
cp "$work/tree/all" "$work/stdin"
try 'standard input' -
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
