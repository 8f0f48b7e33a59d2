#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Loose objects that an earlier run had nothing to say of are passed over, by
# what is in their files and by nothing else.
git config --global user.name Tester
git config --global user.email tester@example.org
git init -q -b main repo
for i in $(seq 60); do echo "file $i" >"repo/f$i"; done
secret github-pat >repo/leak
git -C repo add -A && git -C repo commit -q -m one
scan() {
	stanch scan --history -f jsonl --jobs 2 --today 2026-12-31 "$@" repo |
		sed -E 's/"seconds":[0-9.]+/"seconds":0/'
}
same() {
	scan >plain
	scan --remember notes >first
	scan --remember notes >second
	cmp plain first && cmp plain second &&
		echo "$1: the same, $(grep -c '"finding"' plain) findings"
}
entries() { echo "$((($(stat -c %s notes/*) - 47) / 40)) noted"; }
file_of() {
	local id
	id=$(git -C repo rev-parse "$1")
	echo "repo/.git/objects/${id:0:2}/${id:2}"
}
same 'loose'
find repo/.git/objects -type f | wc -l
entries
stat -c %a notes/*
secret github-pat --seed 2 >repo/f1
git -C repo commit -q -am two
same 'one more'
entries

# An object's name is no reason to believe what is in it.
cat >put.py <<'END'
import os, sys, zlib
path, text = sys.argv[1], open(sys.argv[2], "rb").read()
os.chmod(path, 0o600)
with open(path, "wb") as file:
    file.write(zlib.compress(b"blob %d\0" % len(text) + text))
END
secret github-pat --seed 3 >third
python3 put.py "$(file_of main:f7)" third
same 'other bytes'
entries
printf junk >>"$(file_of main:f8)"
same 'bytes behind it'
entries

# The notes are relied on: who may write them could hide anything.
cat >forge.py <<'END'
import glob, hashlib, sys
leak = hashlib.sha256(open(sys.argv[1], "rb").read()).digest()
[name] = glob.glob("notes/*.note")
data = open(name, "rb").read()
magic, body = data[:15], data[47:]
all = [body[i:i + 40] for i in range(0, len(body), 40)] + [leak + bytes(8)]
body = b"".join(sorted(all))
with open(name, "wb") as file:
    file.write(magic + hashlib.sha256(body).digest() + body)
END
python3 forge.py "$(file_of main:leak)"
scan --remember notes | grep -c '"finding"'

# What is gone is forgotten.
git -C repo checkout -q -- f7 f8 2>/dev/null
rm -rf repo/.git && git init -q -b main repo
rm -f notes/* && same 'again' && git -C repo add f3 && same 'a few'
entries
