#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# With notes from an earlier run the report is the one without, byte for byte,
# whatever happened to the repository, the options or the notes meanwhile.
git config --global user.name Tester
git config --global user.email tester@example.org
rule test-one tone_ >rules.toml
rule test-weak tone_ | sed 's/shaped/heuristic/' >weak.toml
git init -q -b main repo
commit() { git -C repo add -A && git -C repo commit -q -m "$1"; }
secret github-pat >repo/leak
seq 3000 >repo/long && commit one
# Deltas of each other; one lets pass, one is weaker than what is shown.
{ seq 2999; secret github-pat --seed 3; } >repo/long && commit two
echo "$(secret github-pat --seed 4) # stanch:allow made up" >repo/let
secret github-pat --seed 6 | base64 >repo/encoded
# Archives: with a secret, with none, cut.
secret github-pat --seed 7 | gzip -n >repo/in.gz
seq 3000 | gzip -n >repo/clean.gz && head -c 99 repo/clean.gz >repo/cut.gz
git -C repo rm -q leak && echo tone_70395281 >repo/own && commit three
git -C repo repack -adfq

scan() {
	stanch scan -f jsonl --jobs 2 --today 2026-12-31 --all-places "$@" \
		repo | sed -E 's/"seconds":[0-9.]+/"seconds":0/'
}
same() {	# same WHAT OPTION...: first without, then twice with notes
	local what=$1

	shift
	scan "$@" >../plain
	scan "$@" --remember ../notes >../first
	scan "$@" --remember ../notes >../second
	if cmp ../plain ../first && cmp ../plain ../second; then
		echo "$what: the same, $(grep -c '"finding"' ../plain) findings"
	fi
}
mkdir work && mv repo work && cd work || exit

same 'packed'
find ../notes -type f | wc -l
stat -c %a ../notes ../notes/*
grep -c ghp_ ../notes/*
same 'other rules' -r ../rules.toml --no-builtin
same 'comments' --allow-comments own
same 'a higher bar' -c proven
same 'too weak' -r ../weak.toml --no-builtin
same 'a lower bar' -r ../weak.toml --no-builtin -c heuristic
same 'not decoded' --decode none
same 'decoded'
same 'a limit' --max-file-size 5000
same 'one thread' --jobs 1
find ../notes -type f | wc -l

secret github-pat --seed 5 >repo/new && commit four
same 'loose objects, too'
git -C repo repack -dq
same 'another pack'
git -C repo repack -adfq && git -C repo reflog expire --expire=now --all
git -C repo gc -q --prune=now
same 'collected'

# Damaged, cut off, empty, writable by others: found out again, and mended.
for harm in 'printf x | dd bs=1 seek=60 conv=notrunc status=none of=' \
	'truncate -s -1 ' ': >' 'chmod 666 '; do
	for f in ../notes/*; do eval "$harm$f"; done
	same "${harm%% *}"
done
# A run that was killed leaves no half a note.
for ms in 002 005 010 020 040; do
	rm -f ../notes/*
	timeout -s KILL 0.$ms stanch scan --remember ../notes repo \
		>/dev/null 2>&1
	find ../notes -name '*.note' -size -60c
done 2>/dev/null
same 'killed'

# The notes are relied on: who may write them could hide anything.
cat >forge.py <<'END'
import glob, hashlib
for name in glob.glob("../notes/*.note"):
    data = open(name, "rb").read()
    magic, body = data[:15], data[47:]
    units = int.from_bytes(body[16:20], "big")
    body = body[:20] + bytes(4 * units)
    with open(name, "wb") as file:
        file.write(magic + hashlib.sha256(body).digest() + body)
END
python3 forge.py
scan --history --remember ../notes | grep -c '"finding"'
# ... so that is where they are not taken from.
chmod 777 ../notes
status stanch scan --remember ../notes repo 2>&1
