#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# One secret in many places is one finding: the oldest, and since when.
export GIT_AUTHOR_DATE='2026-01-02T03:04:05+0100'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
git init -q -b main repo
cd repo || exit
git config user.name Tester
git config user.email tester@example.org
echo tone_70395281 >old
git add old
git commit -q -m first
export GIT_COMMITTER_DATE='2026-02-02T03:04:05+0100'
export GIT_AUTHOR_DATE=$GIT_COMMITTER_DATE
git mv old new
echo more >>new
echo tone_70395282 >other
git add .
git commit -q -m second
echo 'tone_70395283' >staged
git add staged
rm staged
git branch tone_70395284
cd ..

look() {
	stanch scan --no-builtin -r rules.toml --today 2026-03-04 "$@" |
		sed -E 's/(commit |git!)[0-9a-f]{12}/\1ID/; s/, [0-9.]* KiB in .* s:/ in N s:/; s/[0-9]+ files/N files/'
}

look repo
echo '--- --all-places --authors'
look --all-places --authors repo | grep -A 12 old
echo '--- jsonl'
look -f jsonl repo/.git | grep -o '"date":.*"in_head":[a-z]*'
