#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzz targets (clang, libFuzzer, ASan, UBSan) below $BUILD-fuzz
# and runs each of them for SECONDS, two at a time.  What they learn is kept
# in $BUILD-fuzz/corpus; seeds are made of corpus/fuzz, of our rule files, of
# made-up secrets, so that none stands in the repository, and by git.
#
#	run.sh SECONDS [TARGET...]
#
# A failing input stays in $BUILD-fuzz/crash; run the target with its path.
# FUZZ_SEED=N makes a run on an empty corpus repeatable, which a test must be;
# without it libFuzzer draws one, which is how to look for what is new.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
seconds=${1:?usage: run.sh SECONDS [TARGET...]}
shift
build=${BUILD:-build}
fuzz=${build%/}-fuzz
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
targets=("$@")
[ ${#targets[@]} -gt 0 ] ||
	targets=(checks generic toml rules sieve filter scanner escapes json commands
		audit gitbytes gitpack gitrepo heldpack image unwrap records
		reftable)
# vptr and function would need UBSan's C++ runtime in every C program.
sanitize='address,undefined -fno-sanitize=vptr,function -fno-sanitize-recover=undefined'
examples=60	# of rules, as seeds

# $BUILD has the program that makes the seeds.
build_library() {
	${MAKE:-make} --no-print-directory -s BUILD="$build" \
		"$build/stanch" &&
	${MAKE:-make} --no-print-directory -s -j"$(nproc)" BUILD="$fuzz" \
		CC=clang CXX=clang++ OPT=-O1 WARN=-w WARN_C= \
		SANITIZE="-fsanitize=fuzzer-no-link,$sanitize" \
		"$fuzz/libstanch.a"
}

# $1 the target; linked again when anything it is made of is newer.
build_target() {
	local program=$fuzz/fuzz/$1 sources=("$here/$1.c") f new=''

	for f in splits gitdir; do
		grep -q "\"$f.h\"" "$here/$1.c" && sources+=("$here/$f.c")
	done
	for f in "${sources[@]}" "$here"/*.h include/stanch.h src/*/*.h \
		"$fuzz/libstanch.a"; do
		[ "$program" -nt "$f" ] || new=1
	done
	[ -n "$new" ] || return 0
	mkdir -p "$fuzz/fuzz"
	# shellcheck disable=SC2086 # options they are
	clang -std=c11 -O1 -g -D_GNU_SOURCE -Iinclude -Isrc -pthread \
		-fsanitize=fuzzer,$sanitize -o "$program" "${sources[@]}" \
		"$fuzz/libstanch.a" -lhs -lpcre2-8 -ljansson -lcrypto -lz -ldeflate \
		-lisal -lzstd -llzma -lbz2 -llz4 -larchive -lstdc++ -lm -lpthread
}

# ---- seeds ----

# The bytes that a target takes from the front of its input.
head_of() {
	case $1 in
	filter | scanner | json) printf 'seed' ;;
	checks) printf '\\x%02x\\x00' $(($2 % 40)) ;;
	generic) printf '\\x00\\x00\\x00' ;;
	esac
}

# Standard input becomes a seed of target $1, named $2, number $3.
seed() {
	{ printf '%b' "$(head_of "$1" "$3")"; cat; } \
		>"$fuzz/corpus/$1/seed-$2"
}

# Standard input, as far as it needs no escapes, in a line of JSON.
seed_json() {
	{ printf '{"a":"\\u0041'; tr -d '\\"' | tr '\n' ' '
		printf '","b":[1]}\n'; } | seed json "$1" 0
}

# Standard input, each byte in one of the forms that are undone.
seed_escaped() {
	local forms=('%%%02x' '\\x%02x' '\\u%04x' '&#%d;' '%02x' '\\%03o') c

	od -An -v -tu1 -w1 | while read -r c; do
		# shellcheck disable=SC2059 # a form it is
		printf "${forms[$3]}" "$c"
	done | seed "$1" "escaped-$2" 0
}

# Four records, each right by itself.
seed_audit() {
	local n

	mkdir -p "$fuzz/corpus/audit"
	for n in 0 4; do
		rm -f "$fuzz/seed-audit"
		"$build/stanch" rules example --seed $n github-pat |
			"$build/stanch" redact --audit "$fuzz/seed-audit" \
				>/dev/null
		mv "$fuzz/seed-audit" "$fuzz/corpus/audit/seed-$n"
	done
}

# A decoder that keeps to the order, and gaps.
seed_records() {
	python3 - "$fuzz/corpus/records" <<-'END'
	import struct, sys
	def rec(kind, data=b"", value=0, why=0):
	    return struct.pack("<IIQII", kind, len(data), value, why, 0) + data
	place = rec(0, b"!a") + rec(1) + rec(2, b"text") + rec(3)
	gap = rec(0, b"b", 1) + rec(4, b"damaged", 7, 8)
	done = rec(7, struct.pack("<6Q", 0, 0, 0, 0, 0, 0))
	for i, s in enumerate((place, place + gap, place + rec(5) + rec(6) +
	                       gap + done)):
	    open(f"{sys.argv[1]}/seed-{i}", "wb").write(s)
	END
}

# Commands to build systems and to terminals, and a value that is announced.
seed_commands() {
	local i=0 text

	while read -r text; do
		printf 'seed%b' "$text" >"$fuzz/corpus/commands/seed-$i"
		i=$((i + 1))
	done <<-'END'
	\x00::add-mask::Zk7/q+1%250AxY\n is Zk7/q+1%0AxY\n
	\x01##vso[task.setsecret]abc123def456ghi\n abc123def456ghi \n
	\x02##vso[task.setvariable variable=a;issecret=true]q1w2e3r4t5y6u7\n
	\x03::set-output name=a::b\n::stop-commands::x\n##[group]a\n
	\x07\033[2Ja\033[31mb\033]0;title\007c\033[mx\r\n
	\x08a \377 b \377\377 c\n \377
	END
}

# Secrets of rules all over the alphabet, one a seed.
seed_examples() {
	local ids id i=0 n t

	mapfile -t ids < <("$build/stanch" rules list | awk 'NR > 1 { print $1 }')
	n=$((${#ids[@]} / examples + 1))
	for ((i = 0; i < ${#ids[@]}; i += n)); do
		id=${ids[i]}
		for t in checks generic filter scanner; do
			"$build/stanch" rules example --seed "$i" "$id" |
				seed "$t" "$id" "$((i / n))"
		done
		for t in filter scanner; do
			"$build/stanch" rules example --seed "$i" "$id" |
				base64 -w60 | seed "$t" "base64-$id" 0
			"$build/stanch" rules example --seed "$i" "$id" |
				seed_escaped "$t" "$id" $((i / n % 6))
		done
		"$build/stanch" rules example --seed "$i" "$id" |
			seed_json "$id"
	done
}

# Our own rule files, a rule a seed.
seed_patterns() {
	cat patterns/*.toml | awk -v dir="$fuzz/corpus" '
	/^\[\[rules\]\]/ { n++ }
	n && n % 8 == 0 { print >(dir "/rules/seed-rule-" n) }
	n && n % 8 == 4 { print >(dir "/toml/seed-rule-" n) }
	/^$/ { close(dir "/rules/seed-rule-" n)
	       close(dir "/toml/seed-rule-" n) }'
}

make_seeds() {
	local t f

	for t in "${targets[@]}" checks generic toml rules filter scanner \
		escapes json commands records; do
		mkdir -p "$fuzz/corpus/$t"
	done
	seed_examples
	seed_patterns
	seed_audit
	seed_records
	seed_commands
	python3 "$here/gitseeds.py" "$fuzz/corpus"
	mkdir -p "$fuzz/corpus/unwrap"
	python3 "$here/pdfseeds.py" "$fuzz/corpus/unwrap"
	python3 "$here/../archive-matrix.py" --seeds "$fuzz/corpus/unwrap"
	for f in corpus/fuzz/*/*.txt corpus/fuzz/*/*.toml; do
		t=$(basename "$(dirname "$f")")
		[ "$t" = any ] || { seed "$t" "${f##*/}" 0 <"$f"; continue; }
		for t in checks generic filter scanner; do
			seed "$t" "${f##*/}" 0 <"$f"
			seed "$t" "wide-${f##*/}" 0 \
				< <(iconv -t UTF-16LE <"$f")
		done
	done
}

# ---- runs ----

run_target() {
	local most=4096

	[ "$1" != rules ] || most=2048
	"$fuzz/fuzz/$1" -max_total_time="$seconds" -max_len=$most -timeout=20 \
		-seed="${FUZZ_SEED:-0}" \
		-rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 \
		-artifact_prefix="$fuzz/crash/$1-" "$fuzz/corpus/$1" \
		>"$fuzz/log/$1" 2>&1
	echo $? >"$fuzz/log/$1.status"
}

report() {
	local log=$fuzz/log/$1 runs

	runs=$(awk '/^stat::number_of_executed_units:/ { print $2 }' "$log")
	if [ "$(cat "$log.status")" = 0 ] && [ "${runs:-0}" -gt 0 ]; then
		passed=$((passed + 1))
		printf 'ok   %-8s %8d runs in %d s\n' "$1" "$runs" \
			"$(awk '/^Done .* second/ { print $5 }' "$log")"
		return
	fi
	failed=$((failed + 1))
	grep -avE '^#[0-9]+[[:space:]]+(NEW|REDUCE|pulse|RELOAD|INITED)' "$log" |
		tail -n 80
	printf 'FAIL %-8s the input is in %s\n' "$1" \
		"$(find "$fuzz/crash" -name "$1-*" -newer "$fuzz/started" |
			tr '\n' ' ')"
}

build_library || exit 1
for t in "${targets[@]}"; do
	build_target "$t" || exit 1
done
make_seeds
mkdir -p "$fuzz/crash" "$fuzz/log"
rm -f "$fuzz"/log/*
touch "$fuzz/started"
for t in "${targets[@]}"; do
	while [ "$(jobs -rp | wc -l)" -ge 2 ]; do
		wait -n
	done
	run_target "$t" &
done
wait
passed=0 failed=0
for t in "${targets[@]}"; do
	report "$t"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
