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

# options.h is macros of the compiler's, private.h says whose it is.
while IFS= read -r object; do
	file=${object#"$build"/src/}
	file=${file%.o}
	room=${file%%/*}
	noun=${file##*/}
	noun=${noun%%_*}
	nm --defined-only --extern-only "$object" |
	awk -v room="$room" -v noun="$noun" -v file="src/$file" '
		$3 ~ "^(stanch|" room "|" noun ")(_|$)" || $3 == "main" { next }
		$3 ~ /^_Z|^DW\.|^__/ { next }
		{ print file ".c: " $3 " begins with neither " room "_ nor " \
			noun "_"; bad = 1 }
		END { exit bad }' || bad=1
done < <(find "$build/src" -name '*.o' | sort)
exit $bad
