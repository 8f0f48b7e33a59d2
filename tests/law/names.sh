#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: the shared library shows stanch_* and nothing else; what files share is
# named after its room or its file; no two files have one name.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build}
bad=0

# Names the linker makes itself are none of ours.
nm -D --defined-only "$build/libstanch.so" | awk '
	$3 !~ /^stanch_/ && $3 !~ /^(_init|_fini|_edata|_end|__bss_start)$/ {
		print "libstanch.so: shows " $3; bad = 1 }
	END { exit bad }' || bad=1

git ls-files 'src/*/*.[ch]' 'src/*/*.cc' | sed 's|.*/||' | sort | uniq -d |
while IFS= read -r name; do
	echo "src/*/$name: two files have this name"
done | grep . && bad=1

# The words that a symbol of a file may begin with: its room, those of the
# file's name, and of a header that has it: the name's and the structs'.
words() {
	local file=$1 symbol=$2 header

	echo "${file%%/*} ${file##*/}" | tr '_/' '  '
	grep -lwE "$symbol" src/*/*.h | while IFS= read -r header; do
		basename "$header" .h | tr '_' ' '
		sed -nE 's/^struct ([a-z0-9]+)[a-z0-9_]*[ ;].*/\1/p' "$header"
	done
}

while IFS= read -r object; do
	file=${object#"$build"/src/}
	file=${file%.o}
	while read -r _ _ symbol; do
		case $symbol in
		stanch_*|main|_Z*|DW.*|__*) continue ;;
		"${file%%/*}"_*) continue ;;
		esac
		noun=${symbol%%_*}
		words "$file" "$symbol" | tr ' ' '\n' | grep -qE "^${noun}s?\$" || {
			echo "src/$file.c: $symbol is named after neither" \
				"room, file nor header"
			bad=1
		}
	done < <(nm --defined-only --extern-only "$object")
done < <(find "$build/src" -name '*.o' | sort)
exit $bad
