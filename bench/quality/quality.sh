#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# How good it is: recall and precision on a corpus made from the rules'
# recipes, false alarms on source packages of Debian.  docs/quality.md says
# what each figure means.
#
#	quality.sh SEED PACKAGE...
#
# BUILD is where the program was built (build).  All it makes is below
# $BUILD/quality; misses and alarms are listed there, without their secrets.
# Exit status 1: a figure is below its target.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${BUILD:-build}" && pwd)
seed=$1
shift
dir=$build/quality
corpus=$dir/corpus-$seed
status=0

# Findings of every tier in "$@", into $1.
scan() {
	local report=$1 got=0
	shift
	"$build/stanch" scan --quiet --no-history --confidence heuristic \
		--format jsonl --output "$report" "$@" || got=$?
	# 1: findings; 4: gaps, which whoever reads the report minds
	[ $((got & ~5)) -eq 0 ] || { echo "quality.sh: stanch: $got" >&2; exit 2; }
}

mkdir -p "$dir"
rm -rf "$corpus"
echo "Corpus of seed $seed, $("$build/stanch" rules list | tail -n +2 |
	wc -l) rules:"
"$build/bench/recipes" "$seed" >"$dir/recipes-$seed"
python3 "$here/../../corpus/quality/generate.py" "$corpus" "$seed" \
	"$dir/recipes-$seed"
scan "$dir/corpus-$seed.jsonl" "$corpus/planted" "$corpus/clean"
python3 "$here/score.py" "$corpus" "$dir/corpus-$seed.jsonl" \
	--list "$dir/corpus-$seed.list" || status=$?
rm -rf "$corpus"

if [ $# -gt 0 ]; then
	"$here/trees.sh" "$dir/trees" "$@"
	trees=()
	for package in "$@"; do
		[ ! -d "$dir/trees/$package" ] || trees+=("$dir/trees/$package")
	done
	scan "$dir/trees.jsonl" "${trees[@]}"
	echo
	echo "Source packages of Debian:"
	python3 "$here/alarms.py" "$dir/trees" "$dir/trees.jsonl" \
		"$here/accepted" "$@" --list "$dir/trees.list" || status=$?
fi
echo "What was missed, and false alarms: $dir/*.list"
exit $status
