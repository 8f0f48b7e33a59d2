#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is staged is found in any directory, also when git remembers the trees
# of those that have not changed, and they are passed over.
rule test-one tone_ >rules.toml
git init -q -b main repo
cd repo || exit
git config user.name Tester
git config user.email tester@example.org
n=70395000
for dir in . a a/b a/b/c a.b a-b b b/x b/x/y c/d/e; do
	mkdir -p "$dir"
	for file in one two; do
		n=$((n + 1))
		echo "tone_$n" >"$dir/$file"
	done
done
git add .
git commit -q -m all

look() {
	stanch scan --no-builtin -r ../rules.toml --show-secrets --staged \
		-f jsonl . | grep -o '"secret":"[^"]*"' | sort
}

staged() {
	git diff --cached --no-renames --diff-filter=d --name-only |
		while read -r name; do
			git show ":$name" | sed 's/.*/"secret":"&"/'
		done | sort
}

compare() {
	if [ "$(look)" = "$(staged)" ]; then
		echo "$1: $(staged | wc -l), the same"
	else
		echo "$1: not what git says"
		diff <(look) <(staged)
	fi
}

compare 'nothing'
echo tone_70396001 >a/b/c/one
git add .
compare 'deep'
echo tone_70396002 >a.b/two
echo tone_70396003 >b/three
git add .
compare 'beside'
git rm -q -r --cached a/b c
compare 'taken out'
mkdir -p a/b2/n c/d
echo tone_70396004 >a/b2/n/new
echo tone_70396005 >c/d/e2
git add a/b2 c/d/e2
compare 'new directories'
git write-tree >/dev/null
compare 'trees written'
git reset -q
compare 'as before'
git update-index --index-version 4
echo tone_70396006 >b/x/y/one
git add b/x
compare 'version 4'
git update-index --split-index
echo tone_70396007 >a-b/one
git add a-b
compare 'split'
