#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes what the bench reads, from what Debian packages have put on this
# machine: the same input as long as the same packages are there.
#
#	make-input.sh DIR LOG_BYTES SOURCE_BYTES FILES TREE_BYTES
#
#	log.clean	a build log; log.few, log.many: with 0.1 and 5 % of
#			lines that hold a secret
#	source.txt	C, Python and Perl sources in one file
#	tree		FILES or more small files, TREE_BYTES or more
#	source.tar.gz, source.tar.zst, source.zip	the sources, each a member
#	staged		a repository of thrice FILES files and some history, ten
#			changes of which are staged
#	history.git	1,000 source files in so many versions that there are
#			eleven objects for each of FILES; history-100.git: the same
#			with 100 secrets; history-short.git: a quarter of it
#	empty		nothing
#
# PATH leads to make-log, make-history and stanch.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 5 ] || { echo "usage: see the head of $0" >&2; exit 2; }
dir=$1 log_bytes=$2 source_bytes=$3 files=$4 tree_bytes=$5
mkdir -p "$dir"
cd "$dir"

is_made() {
	[ -e made ] && [ "$(cat made)" = "$stamp" ]
}

roots() {	# those that exist
	local d
	for d in "$@"; do
		[ ! -d "$d" ] || printf '%s\n' "$d"
	done
}

# Places of regular files that can be read, sorted.
list() {
	local where
	mapfile -t where < <(roots /usr/include /usr/lib/python3 \
		/usr/lib/python3.11 /usr/share/perl /usr/share/doc /usr/share)
	find "${where[@]}" -xdev -type f -readable -size +0 "$@" |
		grep -v '[[:space:]]' | sort -u
}

make_logs() {
	local f
	list -name '*.[hp]*' >names.txt
	: >real.log
	for f in /var/log/dpkg.log /var/log/apt/term.log; do
		[ ! -r "$f" ] || cat "$f" >>real.log
	done
	[ -s real.log ] || dpkg -l >real.log
	STANCH=stanch "$here/../corpus/make-corpus.sh" . lines
	make-log log "$log_bytes" names.txt real.log >log.clean
	make-log log "$log_bytes" names.txt real.log lines.txt 1000 >log.few
	make-log log "$log_bytes" names.txt real.log lines.txt 50000 >log.many
}

make_source() {
	list '(' -name '*.h' -o -name '*.hpp' -o -name '*.py' -o \
		-name '*.p[lm]' ')' >sources.txt
	xargs cat <sources.txt >once.txt
	: >source.txt
	while [ "$(stat -c %s source.txt)" -lt "$source_bytes" ]; do
		cat once.txt >>source.txt
	done
	rm once.txt
}

# Every so many-th small file, again and again until there are enough.
make_tree() {
	local n=0 all
	rm -rf tree
	list -size -256 >small.txt
	all=$(wc -l <small.txt)
	awk -v step=$((all / files > 1 ? all / files : 1)) 'NR % step == 0' \
		small.txt >chosen.txt
	while n=$((n + 1)); do
		mkdir -p "tree/$n"
		xargs cp --parents -t "tree/$n" <chosen.txt
		[ "$(find tree -type f | wc -l)" -lt "$files" ] ||
			[ "$(du -sb tree | cut -f 1)" -lt "$tree_bytes" ] ||
			break
	done
	chmod -R u+rwX tree
}

# A stream for git fast-import: files in 2,000 directories, a commit for every
# twenty of them that changes ten.
stream() {
	awk -v files="$1" '
	function blob(i, text) {
		text = "file " i ", version " n++ "\n"
		for (k = 0; k < 20; k++)
			text = text "line " k " of " i "\n"
		printf "M 100644 inline d%d/s%d/f%d.txt\ndata %d\n%s\n", i % 40,
			int(i / 40) % 50, i, length(text), text
	}
	function commit(at) {
		printf "commit refs/heads/main\n"
		printf "committer C <c@example.org> %d +0000\ndata 2\nm\n", at
	}
	BEGIN {
		commit(1700000000)
		for (i = 0; i < files; i++)
			blob(i)
		for (c = 1; c <= files / 20; c++) {
			commit(1700000000 + c)
			for (j = 0; j < 10; j++)
				blob((c * 7919 + j * 104729) % files)
		}
	}'
}

# Nothing in them is compressed: others would not look into it.
make_archives() {
	tar -cPf source.tar -T sources.txt
	gzip -kf source.tar
	zstd -qf source.tar
	bsdtar -cPf source.zip --format zip -T sources.txt
	rm source.tar
}

make_staged() {
	local i
	rm -rf staged
	git init -q -b main staged
	stream "$1" | git -C staged fast-import --quiet
	git -C staged reset -q --hard
	git -C staged repack -adfq
	for i in 1 2 3 4 5 6 7 8 9 10; do
		echo "change $i" >>"staged/d$i/s3/f$((i + 120)).txt"
	done
	git -C staged add -u
}

# $1 its name, the rest as make-history has it.
make_history() {
	local name=$1
	shift
	rm -rf "$name"
	git init -q --bare "$name"
	make-history "$@" | git -C "$name" fast-import --quiet
}

make_histories() {
	local versions=$((files * 11 / 2500 > 4 ? files * 11 / 2500 : 4))
	make_history history.git $versions sources.txt
	make_history history-100.git $versions sources.txt lines.txt 100
	make_history history-short.git $((versions / 4)) sources.txt
}

# The secrets are made of the rules.
stamp="$* $(stanch rules digest) $(cat "$here/make-input.sh" \
	"$here/make-log.c" "$here/make-history.c" | cksum)"
if ! is_made; then
	rm -f made
	echo "making the input in $dir ..."
	make_logs
	make_source
	make_tree
	make_archives
	make_staged $((files * 3))
	make_histories
	: >empty
	printf '%s\n' "$stamp" >made
fi
