#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# How files look: licence line, width, blanks, words and functions not used,
# nothing binary, nothing of the machine it was written on.
set -u
bad=0

# Says $1 of each `file:line:text` that comes in; is there one, it fails.
report() {
	awk -F: -v what="$1" '{ print $1 ":" $2 ": " what }
		END { exit NR > 0 }' || bad=1
}

git ls-files -- '*.c' '*.h' '*.cc' '*.sh' '*.toml' | while read -r f; do
	head -n 2 "$f" | grep -q 'SPDX-License-Identifier: ' || echo "$f:1:"
done | report 'no SPDX-License-Identifier in the first two lines'

# A character is a byte that does not continue one; a tab goes to the next 8.
git ls-files -- '*.c' '*.h' '*.cc' | xargs awk '
FNR == 1 { comment = 0 }
{
	line = $0
	gsub(/[\200-\277]/, "", line)
	for (width = 0; i = index(line, "\t"); line = substr(line, i + 1))
		width = int((width + i - 1) / 8) * 8 + 8
	if (width + length(line) > 80) {
		print FILENAME ":" FNR ": over 80 columns"
		bad = 1
	}
	if (!comment && /^(\t*        | +\t| +[^ *])/) {
		print FILENAME ":" FNR ": indented with spaces"
		bad = 1
	}
	if (/\/\*/)
		comment = 1
	if (/\*\/[^\/]*$/)
		comment = 0
}
END { exit bad }' || bad=1

# What must come of a case is compared byte for byte, blanks and all.
git grep -nIE '[[:blank:]]+$' -- . ':!tests/cli/*.exact' \
	':!tests/cli/*.glob' ':!tests/cli/*.stdin' | report 'trailing blanks'

banned='strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|atoi|atol'
git grep -nE "(^|[^A-Za-z0-9_])($banned)[[:space:]]*\\(" -- \
	'*.c' '*.h' '*.cc' | report "banned: $banned"

# The brackets keep these two from finding themselves.
git grep -nIwE '[T]ODO|[F]IXME|[X]XX|[H]ACK' |
	report 'finish it, or leave it out'
git grep -nIE '(^|[^A-Za-z0-9_.~}-])/([w]ork|[t]mp/wt|[h]ome/[a-z]+/)' |
	report 'a path of one machine'

git diff --numstat "$(git hash-object -t tree /dev/null)" -- |
	awk -F'\t' '$1 == "-" { print $3 ":1:" }' | report 'binary file'
exit $bad
