#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Real pushes to a real repository: the pusher's hook, then the receiver's.
export GIT_CONFIG_GLOBAL=$PWD/config
git config --global user.name Tester
git config --global user.email tester@example.org
git init -q --bare -b main server.git
git init -q -b main client
cd client || exit
git remote add origin ../server.git
git commit -q --allow-empty -m first
git push -q origin main
secret github-pat >leak
git add leak
git commit -q -m leak
git rm -q leak
git commit -q -m gone

quiet() { "$@" >../out 2>&1; echo "status $?"; }
say() { grep -oE '(to|from) the|github-pat|pushed|dangling' ../out | sort -u; }

echo 'pre-push'
stanch hook install pre-push
quiet git push -q origin main
say
git ls-remote ../server.git | wc -l
for hook in pre-receive update; do
	echo "$hook"
	rm -f .git/hooks/pre-push ../server.git/hooks/*
	(cd ../server.git && stanch hook install "$hook")
	quiet git push -q origin main
	say
	quiet git push -q origin main~2:refs/heads/clean
	quiet git push -q origin :refs/heads/clean
done
# What the server has already is no business of a push.
rm -f ../server.git/hooks/*
quiet git push -q origin main
stanch hook install pre-push
(cd ../server.git && stanch hook install pre-receive)
git commit -q --allow-empty -m second
quiet git push -q origin main
