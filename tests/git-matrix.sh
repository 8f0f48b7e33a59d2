#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A secret in every place that a git repository has, loose, packed whole and
# packed as deltas: each must be found, and its place named right.  Then the
# attacks of a hostile repository.  git makes the repositories; the program
# never calls it.
set -u
cd "$(dirname "$0")/.." || exit 2
build=$(cd "${BUILD:-build}" && pwd) || exit 2
stanch=$build/stanch
[ -x "$stanch" ] || { echo "git-matrix.sh: no $stanch" >&2; exit 2; }
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
git config --global user.name Tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global advice.ignoredHook false
git config --global protocol.file.allow always
passed=0 failed=0 seed=0

ok() {	# ok WHAT COMMAND...
	local what=$1

	shift
	if "$@" >"$work/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $what"
		sed 's/^/     /' "$work/said" | head -n 20
	fi
}

# ---- planting: each secret has a name, and a pattern of its place ----

declare -A secret want
token() {	# token NAME REACH PATH-PATTERN
	seed=$((seed + 1))
	secret[$1]=$("$stanch" rules example --seed $seed github-pat)
	want[$1]="$2|$3"
}

# A file large enough, and different enough, to become a delta.
long() {	# long FILE LINE
	{ seq "${3:-1}" 3000 | sed 's/$/ a line of text/'; echo "$2"; } >"$1"
}

commit() {
	git add -A && git commit -q --allow-empty -m "${1:-change}"
}

plant() {
	git init -q "$1" && cd "$1" || exit 2
	long base 'nothing' && commit
	token branch 'branch main' '*.git!*:base'
	long base "${secret[branch]}" && commit
	long base 'taken out' && commit
	token head 'branch main' '*.git!*:dir/sub/head.txt'
	mkdir -p dir/sub && long dir/sub/head.txt "${secret[head]}" 5 && commit
	token merge 'branch main' '*.git!*:evil'
	git checkout -q -b other HEAD~1 && echo o >o && commit
	git checkout -q main && git merge -q --no-commit other >/dev/null 2>&1
	echo "${secret[merge]}" >evil && commit merge
	token message 'branch main, commit message' '*.git!*'
	commit "with ${secret[message]} in it"
	token author 'branch main, commit message' '*.git!*'
	git commit -q --allow-empty -m author \
		--author "A <${secret[author]}@example.org>"
	token tag 'tag v1 message' '*.git!*'
	git tag -a v1 -m "tag ${secret[tag]}"
	token blobtag 'tag blob' '*.git!*'
	git tag blob "$(git hash-object -w --stdin <<<"${secret[blobtag]}")"
	token note 'notes commits' '*.git!*:*'
	git notes add -m "${secret[note]}" HEAD
	token side 'branch side' '*.git!*:side.txt'
	git checkout -q -b side && long side.txt "${secret[side]}" 9 && commit
	git checkout -q main
	token refname '' '*.git!refs'
	git branch "b-${secret[refname]}"
	token url '' '*.git/config'
	git remote add origin "https://user:${secret[url]}@example.org/x.git"
	token hook '' '*.git/hooks/pre-commit'
	echo "x=${secret[hook]}" >.git/hooks/pre-commit
	token lfs '' '*.git/lfs/objects/aa/bb/x'
	mkdir -p .git/lfs/objects/aa/bb
	echo "${secret[lfs]}" >.git/lfs/objects/aa/bb/x
	token stash1 'stash@{1}' '*.git!*:evil'
	echo "${secret[stash1]}" >evil && git stash -q
	token stash0 'stash@{0}' '*.git!*:new'
	echo "${secret[stash0]}" >new && git add new && git stash -q
	token reflog 'reflog HEAD@{*}' '*.git!*:lost.txt'
	long lost.txt "${secret[reflog]}" 3 && commit
	git reset -q --hard HEAD~1
	token dangling dangling '*.git!*:gone.txt'
	git checkout -q --detach && long gone.txt "${secret[dangling]}" 4 &&
		commit
	dropped=$(git rev-parse HEAD)
	git checkout -q main
	sed -i "/$dropped/d" .git/logs/HEAD
	token loose dangling '*.git!*'
	git hash-object -w --stdin <<<"${secret[loose]}" >/dev/null
	token index 'index only' '*.git!*:staged.txt'
	echo "${secret[index]}" >staged.txt && git add staged.txt
	rm staged.txt
	token tree '' '*/tree.txt'
	echo "${secret[tree]}" >tree.txt
	cd - >/dev/null || exit 2
}

# ---- looking ----

report() {	# report REPO OPTION...; findings are what we want
	local repo=$1

	shift
	"$stanch" scan --no-cache --no-progress --show-secrets --all-places \
		-f jsonl "$@" "$repo" >"$work/report" 2>"$work/err"
	local status=$?

	[ $status -eq 1 ] || {
		echo "exit status $status"
		cat "$work/err"
		return 1
	}
}

# One line a place: secret|reach|path.
places() {
	python3 - "$work/report" <<'PY'
import json
import sys

for line in open(sys.argv[1]):
    r = json.loads(line)
    if r["type"] != "finding":
        continue
    for p in [r] + r.get("other_places", []):
        print(r["secret"], p.get("git", {}).get("reach", ""), p["path"],
              sep="|")
PY
}

named_right() {	# named_right NAME
	local s reach path

	while IFS='|' read -r s reach path; do
		# shellcheck disable=SC2053 # patterns they are
		[[ $s == *"${secret[$1]}"* && $reach == ${want[$1]%%|*} &&
			$path == ${want[$1]#*|} ]] && return 0
	done <"$work/places"
	grep -F "${secret[$1]}" "$work/places"
	return 1
}

look() {	# look KIND REPO
	local name

	ok "$1: scanned" report "$2"
	places >"$work/places"
	for name in "${!secret[@]}"; do
		ok "$1: $name" named_right "$name"
	done
	ok "$1: the same with 4 jobs" same_report "$2" --jobs 4
}

same_report() {
	mv "$work/report" "$work/one"
	report "$@" && cmp "$work/one" "$work/report"
}

plant "$work/repo"
look loose "$work/repo"
cp -r "$work/repo" "$work/whole"
git -C "$work/whole" -c core.pager= repack -q -a -d -k --depth=0 \
	--window=0 --keep-unreachable
git -C "$work/whole" prune-packed
look 'packed whole' "$work/whole"
cp -r "$work/repo" "$work/delta"
git -C "$work/delta" repack -q -a -d -f --depth=50 --window=50 \
	--keep-unreachable
git -C "$work/delta" prune-packed
git -C "$work/delta" pack-refs --all
look 'packed as deltas' "$work/delta"
ok 'deltas there are' sh -c "git -C '$work/delta' verify-pack -v \
	'$work/delta'/.git/objects/pack/*.idx | grep -q '^chain length'"

# ---- kinds of repositories ----

finds() {	# finds NAME DIRECTORY OPTION...
	local name=$1 dir=$2

	shift 2
	report "$dir" "$@" && grep -qF "${secret[$name]}" "$work/report"
}

lacks() {
	! finds "$@"
}

git clone -q --bare "$work/repo" "$work/bare.git"
ok 'bare' finds branch "$work/bare.git"
git clone -q --mirror "$work/repo" "$work/mirror.git"
ok 'mirror' finds note "$work/mirror.git"
git -C "$work/repo" worktree add -q "$work/linked" side 2>/dev/null
ok 'linked worktree' finds branch "$work/linked"
git clone -q --shared "$work/repo" "$work/shared"
ok 'alternates' finds branch "$work/shared"
git init -q "$work/super"
git -C "$work/super" submodule --quiet add "$work/repo" sub
ok 'submodule' finds branch "$work/super"
ok 'submodule, from within' finds branch "$work/super/sub"
git clone -q --depth 1 "file://$work/repo" "$work/shallow"
ok 'shallow' finds head "$work/shallow"
git init -q --object-format=sha256 "$work/sha256"
(cd "$work/sha256" && echo "${secret[branch]}" >f && commit &&
	echo >f && commit && git gc -q)
ok 'SHA-256' finds branch "$work/sha256"

# ---- parts of history ----

ok '--history' finds dangling "$work/delta" --history
ok '--history: no files' lacks tree "$work/delta" --history
ok '--no-history' finds index "$work/delta" --no-history
ok '--no-history: no history' lacks branch "$work/delta" --no-history
ok '--staged' finds index "$work/delta" --staged
ok '--staged: nothing else' lacks head "$work/delta" --staged
ok '--range' finds merge "$work/delta" --range main~3..main
ok '--range: nothing before it' lacks branch "$work/delta" \
	--range main~3..main
ok '--range: nothing that was there' lacks head "$work/delta" \
	--range main~3..main
ok '--since' finds side "$work/delta" --since main
ok '--since: nothing before it' lacks branch "$work/delta" --since main
ok '--refs' finds side "$work/delta" --refs side
ok '--refs: no others' lacks note "$work/delta" --refs side

# ---- attacks ----

ran_nothing() { [ ! -e "$work/ran" ]; }

cp -r "$work/repo" "$work/attack"
(
	cd "$work/attack" || exit 2
	echo '* diff=evil -diff filter=evil' >.gitattributes
	git config diff.evil.textconv "touch $work/ran; cat"
	git config filter.evil.clean "touch $work/ran; cat"
	git config core.fsmonitor "touch $work/ran"
	git config core.sshCommand "touch $work/ran"
	git config include.path "$work/ran"
)
ok 'textconv, fsmonitor, filters' finds head "$work/attack"
ok '... run nothing' ran_nothing
ok '-diff hides nothing' finds index "$work/attack" --staged

odd=$'\e[31mred\nnewline\tand \xff'
(cd "$work/attack" && git config --remove-section diff.evil &&
	git config --remove-section filter.evil &&
	git config --unset core.fsmonitor && rm .gitattributes &&
	echo "${secret[loose]}" >"$odd" && commit odd)
tame() {
	! "$stanch" scan --no-cache --color never --all-places \
		"$work/attack" | tr -d '\n' | grep -q '[[:cntrl:]]'
}
ok 'control characters of names do not reach the terminal' tame

gap_of() {	# gap_of REASON DIRECTORY OPTION...: it is told, bit 4 is set
	local reason=$1 status

	shift
	"$stanch" scan --no-cache -f jsonl "$@" >"$work/report" 2>&1
	status=$?
	[ $((status & 4)) -ne 0 ] && [ $((status & 2)) -eq 0 ] &&
		grep -qF "\"reason\":\"$reason\"" "$work/report" && return 0
	echo "exit status $status"
	tail -n 3 "$work/report"
	return 1
}

mkdir "$work/symlinked" "$work/elsewhere"
ln -s "$work/repo/.git" "$work/symlinked/.git"
ok 'a symlinked .git' gap_of history "$work/symlinked"
echo "gitdir: $work/repo/.git" >"$work/elsewhere/.git"
ok 'a gitdir: that leads elsewhere' gap_of history "$work/elsewhere"
cp -r "$work/delta" "$work/loop"
echo "$work/loop/.git/objects" >"$work/loop/.git/objects/info/alternates"
ok 'alternates in a loop' finds head "$work/loop"

# ---- damage: a gap, and the rest is scanned ----

lacks_gap() { ! grep '"type":"gap"' "$1"; }

# Findings of two repositories, but for their own names.
same_findings() {
	local repo

	for repo in "$@"; do
		report "$repo" --history
		grep '"finding"' "$work/report" |
			sed "s|$repo|REPO|g; s|\"fingerprint\":\"[^\"]*\"||g" \
			>"$work/found.${repo##*/}"
	done
	[ -s "$work/found.${1##*/}" ] && diff "$work/found.${1##*/}" \
		"$work/found.${2##*/}"
}

pack_of() { printf '%s\n' "$1"/.git/objects/pack/*.pack; }

cp -r "$work/delta" "$work/cut"
chmod u+w "$(pack_of "$work/cut")"
truncate -s -4000 "$(pack_of "$work/cut")"
ok 'a truncated pack' gap_of corrupt "$work/cut"
ok '... the rest is scanned' grep -q '"finding"' "$work/report"
# A pack without an index is read all the same, and its objects named as
# others are.
cp -r "$work/delta" "$work/noidx"
rm "$work"/noidx/.git/objects/pack/*.idx
look 'a pack without index' "$work/noidx"
ok '... is no gap' lacks_gap "$work/report"
ok '... the report is that with one' same_findings "$work/delta" "$work/noidx"
cp -r "$work/noidx" "$work/tmppack"
mv "$(pack_of "$work/tmppack")" "$work/tmppack/.git/objects/pack/tmp_pack_x"
ok 'a temporary pack' same_findings "$work/delta" "$work/tmppack"
cp -r "$work/tmppack" "$work/torn"
chmod u+w "$work/torn/.git/objects/pack/tmp_pack_x"
truncate -s -4000 "$work/torn/.git/objects/pack/tmp_pack_x"
ok 'a torn one' gap_of corrupt --history "$work/torn"
ok '... where it ends early' grep -q '"path":"[^"]*/tmp_pack_x@[1-9][0-9]*"' \
	"$work/report"
ok '... the rest is scanned' grep -q '"finding"' "$work/report"
git init -q "$work/thin"
(
	cd "$work/thin" || exit 2
	long base nothing && commit
	old=$(git rev-parse HEAD)
	git repack -q -a -d
	"$stanch" rules example --seed 902 github-pat >>base && commit
	printf '%s\n^%s\n' HEAD "$old" | git pack-objects -q --thin --revs \
		--stdout --delta-base-offset >"$work/thin.pack"
	git reset -q --hard "$old" && git reflog expire --expire=all --all
	git prune --expire=now
	cp "$work/thin.pack" .git/objects/pack/tmp_pack_thin
	git hash-object "$work/thin.pack" >/dev/null
)
thin_named() {	# a delta of another pack's object has its own id
	local id

	"$stanch" scan --no-cache -f jsonl --history "$work/thin" \
		>"$work/report"
	id=$({ seq 3000 | sed 's/$/ a line of text/'; echo nothing
		"$stanch" rules example --seed 902 github-pat; } |
		git hash-object --stdin)
	grep -F '"finding"' "$work/report" | grep -qF "$id" && return 0
	cat "$work/report"
	return 1
}
ok 'a thin one, made of objects elsewhere' thin_named
cp -r "$work/repo" "$work/holes"
object=$(git -C "$work/holes" rev-parse main:base)
file=$work/holes/.git/objects/${object:0:2}/${object:2}
chmod u+w "$file" && echo rubbish >"$file"
ok 'a damaged object' gap_of corrupt "$work/holes"
rm -f "$file"
ok 'a missing object' gap_of missing "$work/holes" --refs main
cp -r "$work/delta" "$work/bits"
pack=$(pack_of "$work/bits")
chmod u+w "$pack"
for at in 900 5000 9000 20000; do
	printf '\x55\xaa\x55' | dd of="$pack" bs=1 seek=$at conv=notrunc \
		status=none
done
ok 'damaged entries' gap_of corrupt "$work/bits"
git -C "$work/repo" config uploadpack.allowFilter true
git clone -q --bare --filter=blob:none "file://$work/repo" "$work/part.git" \
	2>/dev/null
ok 'a partial clone' gap_of missing "$work/part.git"
ok 'a partial clone, by refs' gap_of missing "$work/part.git" --refs main

# ---- refs in reftables, which git need not know ----

as_tables() {	# as_tables REPO COPY BLOCK-SIZE
	cp -r "$1" "$2" && python3 tests/reftable.py "$2/.git" "$3"
}

first_table() { printf '%s\n' "$1"/.git/reftable/*0.ref; }

token logged '' '*.git!logs/refs/heads/side'
git -C "$work/repo" update-ref -m "for ${secret[logged]}" refs/heads/side \
	main
git -C "$work/repo" update-ref refs/heads/side 'side@{1}'
want[logged]='|*.git/logs/refs/heads/side'
look 'before tables' "$work/repo"
want[logged]='|*.git!logs/refs/heads/side'
for block in 0 256 4096; do
	as_tables "$work/repo" "$work/tables-$block" $block
	look "reftables, blocks of $block" "$work/tables-$block"
	ok '... are no gap' lacks_gap "$work/report"
done
as_tables "$work/delta" "$work/tables" 4096
ok 'reftables: --range' finds merge "$work/tables" --range main~3..main
ok 'reftables: --range, nothing before it' lacks branch "$work/tables" \
	--range main~3..main
ok 'reftables: --since' finds side "$work/tables" --since main
ok 'reftables: --since, nothing before it' lacks branch "$work/tables" \
	--since main
ok 'reftables: --refs' finds side "$work/tables" --refs side
ok 'reftables: --refs, no others' lacks note "$work/tables" --refs side
ok 'reftables: --staged' finds index "$work/tables" --staged
ok 'reftables: --staged, nothing else' lacks head "$work/tables" --staged
as_tables "$work/sha256" "$work/tables256" 4096
ok 'reftables: SHA-256' finds branch "$work/tables256" --refs main
cp -r "$work/tables-0" "$work/stray-table"
rm "$work/stray-table/.git/reftable/tables.list"
touch "$work/stray-table/.git/reftable/tables.list"
ok 'reftables that no list names' finds logged "$work/stray-table" --history
ok '... name nothing' sh -c "! grep -q '\"reach\":\"branch' '$work/report'"
cp -r "$work/tables-4096" "$work/cut-table"
truncate -s -100 "$(first_table "$work/cut-table")"
ok 'a truncated reftable' gap_of corrupt "$work/cut-table"
ok '... has its path' grep -q '"path":"[^"]*/reftable/0x[^"]*0.ref"' \
	"$work/report"
reads_on() {
	"$stanch" scan --no-cache --history --all-places -f jsonl "$1" |
		grep -q '!logs/HEAD'
}
ok '... what is there is read' reads_on "$work/cut-table"
rm "$(first_table "$work/cut-table")"
ok 'a reftable that is not there' gap_of history "$work/cut-table"
ok '... the other is read' grep -q '"reach":"branch' "$work/report"
rm "$work/cut-table/.git/reftable/tables.list"
ok 'no list of reftables' gap_of history "$work/cut-table"
cp -r "$work/delta" "$work/unknown"
git -C "$work/unknown" config core.repositoryformatversion 1
git -C "$work/unknown" config extensions.refStorage elsewhere
ok 'refs kept in a way that is not known' gap_of history "$work/unknown"
cp -r "$work/repo" "$work/split"
(
	cd "$work/split" || exit 2
	"$stanch" rules example --seed 900 github-pat >replaced.txt
	echo nothing >gone.txt && git add replaced.txt gone.txt
	git config splitIndex.maxPercentChange 100
	git update-index --split-index
	echo nothing >replaced.txt && git add replaced.txt
	git rm -qf --cached gone.txt && git rm -qf replaced.txt
	git checkout -q HEAD base 2>/dev/null
	"$stanch" rules example --seed 901 github-pat >added.txt
	git add added.txt && rm added.txt
)
listed_as_git() {	# the ids that the index has
	git -C "$work/split" ls-files -s | cut -d' ' -f2 | sort -u | wc -l
	"$stanch" scan --no-cache -f jsonl --no-history "$work/split" |
		grep -o '"objects":[0-9]*'
}
ok 'a split index is one' ls "$work"/split/.git/sharedindex.*
ok '... and found in' finds index "$work/split" --staged
ok '... all of it' eval 'listed_as_git | tr -d "a-z\":" | uniq | wc -l |
	grep -qx 1'
rm "$work"/split/.git/sharedindex.*
ok '... a part of it is not there' gap_of history "$work/split" --staged
cp -r "$work/delta" "$work/left"
for name in pack-of-nobody.idx pack-x.rev pack-x.bitmap multi-pack-index; do
	token "left-$name" '' "*/pack/$name"
	echo "${secret[left-$name]}" >"$work/left/.git/objects/pack/$name"
	ok "a file beside packs: $name" finds "left-$name" "$work/left"
done
mkdir "$work/none"
refused() {
	"$stanch" scan --staged "$work/none"
	[ $? -eq 2 ]
}
ok 'no repository' refused

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
