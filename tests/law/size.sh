#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: files of at most 500 lines, functions of at most 60, cyclomatic
# complexity of at most 15.  Tables and lists of words may be longer files, and
# the public header, which is to be one.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0

mapfile -t files < <(git ls-files '*.c' '*.h' '*.cc' '*.sh' '*.py' |
	grep -vE '_(table|words)\.c$|^include/stanch\.h$')
for f in "${files[@]}"; do
	n=$(wc -l <"$f")
	[ "$n" -le 500 ] || { echo "$f:$n: $n lines"; bad=1; }
done

mapfile -t c < <(git ls-files '*.c' '*.h' '*.cc')
ctags -x --c-kinds=f --c++-kinds=f --_xformat='%F:%n:%e:%N' "${c[@]}" |
awk -F: '$3 - $2 + 1 > 60 {
	print $1 ":" $2 ": " $4 "() has " $3 - $2 + 1 " lines"; bad = 1 }
	END { exit bad }' || bad=1

# Columns: modified and plain complexity, statements, first line, lines, where
pmccabe "${c[@]}" 2>/dev/null | awk '$1 > 15 {
	sub(/\(.*/, "", $6); print $6 ":" $4 ": " $7 "() has complexity " $1
	bad = 1 } END { exit bad }' || bad=1
exit $bad
