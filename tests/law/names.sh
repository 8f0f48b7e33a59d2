#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Names: the library exports stanch_* alone; a file name means one file in all
# of src/; a function known outside its file begins with stanch_, its room or
# a file of its room.
set -u
build=${BUILD:-build}
bad=0

nm -D --defined-only "$build/libstanch.so" | awk '$3 !~ /^stanch_/ {
	print "src/libstanch.map:1: " $3 " is exported"
	bad = 1
} END { exit bad || NR == 0 }' || bad=1

git ls-files -- 'src/*.c' 'src/*.cc' 'src/*.h' | awk -F/ '
$NF != "private.h" && $NF in first {
	print $0 ":1: has the name of " first[$NF]
	bad = 1
}
{ first[$NF] = $0 }
END { exit bad }' || bad=1

# Symbols in C++ carry marks that no other file can name by chance.
seen=0
while read -r file; do
	object=$build/${file%.*}.o
	[ -e "$object" ] || continue
	seen=$((seen + 1))
	room=${file#src/}
	room=${room%%/*}
	heads="stanch|$room"
	for f in "src/$room"/*.[ch]; do
		f=${f##*/}
		heads+="|${f%.*}"
	done
	while read -r name; do
		[[ $name =~ ^(main$|_Z|($heads)(_|$)) ]] && continue
		line=$(grep -nm 1 "^$name\\>" "$file" | cut -d: -f1)
		echo "$file:${line:-1}: $name begins with no file or room"
		bad=1
	done < <(nm -g --defined-only "$object" | awk '$2 ~ /[TDBR]/ { print $3 }')
done < <(git ls-files -- 'src/*.c' 'src/*.cc')
[ $seen -gt 0 ] || { echo "$build:1: no objects"; bad=1; }
exit $bad
