#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# An archive that only the history has is looked into, too.
git init -q -b main repo
cd repo || exit
git config user.name Tester
git config user.email tester@example.org
for i in 1 2; do
	export GIT_AUTHOR_DATE="2026-01-0${i}T03:04:05+0100"
	export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
	echo tone_7039528$i >app
	tar -czf app.tgz app
	git add app.tgz
	git commit -q -m $i
done
cd ..
stanch scan --no-builtin -r rules.toml --all-places --today 2026-03-04 \
	--history repo |
	sed -E 's/(commit |git!)[0-9a-f]{12}/\1ID/; s/, [0-9.]+ [A-Za-z]+ in [0-9.]+ s:/, in N s:/'
