#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# How large things in src/ may get: files 500 lines, functions 60, complexity
# 15 (a switch counts once: a list of cases is no maze).
set -u
bad=0
mapfile -t files < <(git ls-files -- 'src/*.c' 'src/*.cc' 'src/*.h')
mapfile -t code < <(git ls-files -- 'src/*.c' 'src/*.cc')

wc -l "${files[@]}" | awk '$2 != "total" && $2 !~ /_table\.c$/ && $1 > 500 {
	print $2 ":" $1 ": over 500 lines"
	bad = 1
} END { exit bad }' || bad=1

functions=$(ctags --languages=C,C++ --kinds-C=f --kinds-C++=f \
	-x --_xformat='%{input} %{line} %{end} %N' "${code[@]}")
awk '{ n = $3 - $2 + 1 }
n > 60 {
	print $1 ":" $2 ": " $4 " has " n " lines, at most 60"
	bad = 1
} END { exit bad || NR == 0 }' <<<"$functions" || bad=1

complexities=$(pmccabe "${code[@]}")
awk -F'\t' '$1 > 15 {
	sub(/\(.*/, "", $6)
	print $6 ":" $4 ": complexity " $1 ", at most 15"
	bad = 1
} END { exit bad || NR == 0 }' <<<"$complexities" || bad=1
exit $bad
