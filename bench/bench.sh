#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes the input, checks that what is measured also works, and measures.
# "make bench" runs it; bench/README.md says how to read the table.
#
#	BENCH_QUICK=1	less input and three rounds: to try, not to quote
#	BENCH_STRICT=1	exit 1 when a target is missed
#
# Leaves BUILD/bench/results.json.  Exit status 2: it could not be run.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${BUILD:-build}" && pwd)
dir=$build/bench
mib=$((1024 * 1024))
export PATH=$build:$dir:$PATH XDG_CACHE_HOME=$dir/cache LC_ALL=C

if [ -n "${BENCH_QUICK:-}" ]; then
	size=$((32 * mib)) files=2000 rounds=3 many=15 stream=$((256 * mib))
else
	size=$((256 * mib)) files=20000 rounds=7 many=50 stream=$((4096 * mib))
fi

die() { echo "bench: $*" >&2; exit 2; }

mkdir -p "$dir/cache"
chmod 700 "$dir/cache"
"$here/make-input.sh" "$dir" $size $size $files $((files * 5243))
cd "$dir"
for n in 10 100 1000; do
	"$here/make-values.py" values $n >values.$n
done
"$here/make-values.py" near 100 $((size / 4)) >near.txt

# A wrong answer can be had at any speed.
cmp log.clean <(stanch redact <log.clean) ||
	die "the clean log is not clean, or did not come out as it went in"
for log in few many; do
	planted=$(grep -c '^+ ' log.$log)
	masked=$(stanch redact <log.$log | grep -cF '[REDACTED:')
	[ "$masked" -ge "$planted" ] ||
		die "log.$log: $masked lines masked, $planted planted"
done

found=$(stanch scan --history --format jsonl history-100.git |
	grep -c '"type":"finding"' || :)
[ "$found" -ge 100 ] || die "history-100.git: $found of 100 secrets found"

sed "s/@ROUNDS@/$rounds/; s/@MANY@/$many/; s/@STREAM@/$stream/" "$here/plan" \
	>plan
status=0
measure plan results.json || status=$?
[ "$status" -eq 2 ] || latency || status=$?
echo "$dir/results.json has every command, CPU time and peak memory"
[ "$status" -ne 1 ] || [ -n "${BENCH_STRICT:-}" ] || status=0
exit $status
