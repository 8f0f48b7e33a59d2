#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: what every file of ours looks like.  Data files (expected outputs,
# recipes) are only looked at for machine paths.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0

# Shows what grep finds, with why; grep's options and pattern follow.
no() {
	local why=$1 hits

	shift
	hits=$(grep -nHE "$@" 2>/dev/null) || return 0
	while IFS= read -r hit; do
		echo "$(cut -d: -f1-2 <<<"$hit"): $why"
	done <<<"$hits"
	bad=1
}

mapfile -t c < <(git ls-files '*.c' '*.h' '*.cc')
mapfile -t code < <(git ls-files '*.c' '*.h' '*.cc' '*.sh' '*.py' Makefile \
	.ci/packages .ci/run 'patterns/*.toml')
mapfile -t all < <(git ls-files)

for f in "${code[@]}"; do
	head -n 2 "$f" | grep -q 'SPDX-License-Identifier: Apache-2.0' || {
		echo "$f:1: no SPDX line"
		bad=1
	}
done
for f in "${c[@]}"; do
	[ "$(head -n 1 "$f")" = '/* SPDX-License-Identifier: Apache-2.0 */' ] ||
		[ "$(sed -n 2p "$f" | cut -c1-8)" = ' * SPDX-' ] ||
		[ "$(head -n 1 "$f" | cut -c1-8)" = '// SPDX-' ] || {
		echo "$f:1: the SPDX line is not the first"
		bad=1
	}
	expand -t 8 "$f" | LC_ALL=C.UTF-8 awk -v f="$f" 'length($0) > 80 {
		print f ":" NR ": " length($0) " columns"; bad = 1 }
		END { exit bad }' || bad=1
done
# Inside a comment spaces may align.
for f in "${c[@]}"; do
	awk -v f="$f" '
	!comment && /^( +[^ *\\]|\t*        )/ { print f ":" NR ": indent with tabs"; bad = 1 }
	/\/\*/ { comment = 1 }
	/\*\// { comment = 0 }
	END { exit bad }' "$f" || bad=1
done
no 'banned function' \
	'\<(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|atoi|atol)[[:space:]]*\(' \
	"${c[@]}"
mapfile -t text < <(git ls-files '*.md' '*.py')
no 'white space at the end' '[[:space:]]+$' "${code[@]}" "${text[@]}"
# The brackets, here and below, keep this file from finding itself.
no 'not left for later' '\<([T]ODO|[F]IXME|[X]XX|[H]ACK)\>' \
	"${code[@]}" "${text[@]}"
no 'a path of one machine' -I "${all[@]}" \
	-e '(^|[^[:alnum:]_.~}/-])/([w]ork|[t]mp/wt)(/|$|[^[:alnum:]_-])' \
	-e '/[h]ome/[a-z]+/'
git diff --numstat "$(git hash-object -t tree /dev/null)" |
awk -F'\t' '$1 == "-" { print $3 ":1: a binary file"; bad = 1 }
	END { exit bad }' || bad=1
exit $bad
