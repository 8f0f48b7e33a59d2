#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is pushed waits in quarantine, often in a pack that git filled up with
# objects the server has had for long: those are not the push's fault.
export GIT_CONFIG_GLOBAL=$PWD/config
git config --global user.name Tester
git config --global user.email tester@example.org
git config --global transfer.unpackLimit 1	# packs, however small
quiet() { "$@" >../out 2>&1; echo "status $?"; }
say() { grep -oE 'github-pat|dangling' ../out | sort -u; }

# A path with a colon is told in quotes.
git init -q --bare -b main se:rver.git
git init -q -b main client
cd client || exit
git remote add origin "file://$PWD/../se:rver.git"
{ seq 3000; secret github-pat; } >long
git add long && git commit -q -m old
git push -q origin main
(cd ../se:rver.git && stanch hook install pre-receive)

echo 'a delta of what the server has'
sed -i '$d' long && echo harmless >>long && git commit -q -a -m clean
quiet git push -q origin main
git -C ../se:rver.git log --format=%s main

echo 'a secret, taken out again'
cp long kept && secret github-pat >>long && git commit -q -a -m leak
blob=$(git rev-parse HEAD:long)
mv kept long && git commit -q -a -m gone
quiet git push -q origin main
say
git -C ../se:rver.git log --format=%s main
git -C ../se:rver.git cat-file -e "$blob" 2>/dev/null && echo 'it is there'
find ../se:rver.git/objects -name '*quarantine*' -o -name 'tmp_objdir*'

echo 'old objects in an alternate'
git init -q --bare -b main fork.git
echo "$PWD/../se:rver.git/objects" >fork.git/objects/info/alternates
git -C fork.git update-ref refs/heads/main \
	"$(git -C ../se:rver.git rev-parse main)"
(cd fork.git && stanch hook install pre-receive)
git reset -q --hard HEAD~2 && echo more >>long && git commit -q -a -m more
quiet git push -q fork.git main
secret github-pat >leak && git add leak && git commit -q -m leak
quiet git push -q fork.git main
say
