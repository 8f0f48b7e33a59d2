#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds text corpora from recipes: no secret stands in this repository, all
# of them are drawn here, the same ones on every machine.
#
#	make-corpus.sh DIR [SET...]
#
#	project		DIR/project: the templates of corpus/demo, expanded,
#			and DIR/planted.tsv: file, tab, rule of each secret
#	examples	DIR/examples/RULE.txt: what the rule must find
#	negatives	DIR/negatives/RULE.txt: what it must not find
#	lines		DIR/lines.txt: a log line or so with each secret that a filter
#			masks by itself
#
# STANCH is the program (build/stanch).  corpus/README.md has the templates.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-build/stanch}
[ $# -gt 0 ] || { echo "usage: make-corpus.sh DIR [SET...]" >&2; exit 2; }
dir=$1
shift
[ $# -gt 0 ] || set -- project examples negatives lines
seed=0

example() {
	"$stanch" rules example "$@"
}

# Ids of the rules that have examples: what carries services has none.
rule_ids() {
	"$stanch" rules list --format jsonl | grep -v "${1:-^$}" |
		sed -n 's/^{"id":"\([^"]*\)".*/\1/p' | grep -vx service-value
}

# ... that a filter masks by itself.
masked_ids() {
	rule_ids '"confidence":"heuristic"\|"part":true'
}

# Prints $1 with its markers expanded; $2 is what planted.tsv calls the file.
expand() {
	local line marker id index secret
	while IFS= read -r line || [ -n "$line" ]; do
		while [[ $line =~ @([a-z0-9-]+)(:([0-9]+))?@ ]]; do
			marker=${BASH_REMATCH[0]} id=${BASH_REMATCH[1]}
			index=${BASH_REMATCH[3]:-1} seed=$((seed + 1))
			secret=$(example --seed $seed --index "$index" "$id")
			printf '%s%s' "${line%%"$marker"*}" "$secret"
			line=${line#*"$marker"}
			printf '%s\t%s\n' "$2" "$id" >>"$dir/planted.tsv"
		done
		printf '%s\n' "$line"
	done <"$1"
}

# Text that someone's editor saved as UTF-16.
as_utf16() {
	printf '\xff\xfe'
	iconv -f UTF-8 -t UTF-16LE
}

# Text linked into a program.
as_program() {
	local size
	size=$(wc -c </bin/true)
	head -c $((size / 2)) /bin/true
	tr '\n' '\0'
	tail -c +$((size / 2 + 1)) /bin/true
}

project() {
	local in name as
	mkdir -p "$dir"
	: >"$dir/planted.tsv"
	while IFS= read -r in; do
		name=${in#"$here"/demo/} name=${name%.in} as=cat
		case $name in
		*.utf16) name=${name%.utf16} as=as_utf16 ;;
		*.program) name=${name%.program} as=as_program ;;
		esac
		mkdir -p "$dir/project/$(dirname "$name")"
		expand "$in" "$name" >"$dir/expanded"
		$as <"$dir/expanded" >"$dir/project/$name"
	done < <(find "$here/demo" -name '*.in' | LC_ALL=C sort)
	rm -f "$dir/expanded"
}

# $1: the directory; the rest are options of "rules example".
all_recipes() {
	local id i to
	mkdir -p "$dir/$1"
	while read -r id; do
		to=$dir/$1/$id.txt
		: >"$to"
		for ((i = 1; ; i++)); do
			example "${@:2}" --index $i "$id" \
				>"$dir/one" 2>/dev/null || break
			cat "$dir/one" >>"$to"
		done
	done < <(rule_ids)
	rm -f "$dir/one"
}

examples() { all_recipes examples; }
negatives() { all_recipes negatives --negative; }

lines() {
	local id text
	mkdir -p "$dir"
	while read -r id; do
		text=$(example "$id" | tr -d '\0')
		[[ $text == *$'\n'* || $text == *[^[:print:]]* ]] ||
			printf '%s\n' "$text"
	done < <(masked_ids) >"$dir/lines.txt"
}

for set in "$@"; do
	case $set in
	project | examples | negatives | lines) "$set" ;;
	*) echo "make-corpus.sh: no set '$set'" >&2; exit 2 ;;
	esac
done
