#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Real commits: what is staged counts, not what lies in the work tree.
git init -q -b main repo && cd repo || exit
git config user.name Tester
git config user.email tester@example.org
stanch hook install pre-commit commit-msg
status git commit -q --allow-empty -m clean
secret github-pat >leak
git add leak
echo harmless >leak
git commit -q -m leak 2>&1 | grep -vE '^Scanned|^$'
echo "status ${PIPESTATUS[0]}"
git add leak
status git commit -q -m harmless
# Never staged: no business of this commit.
secret github-pat >unstaged
echo more >>leak
status git commit -q -m more leak
# So does what -a takes up on its own: git hands over another index.
secret github-pat >>leak
git commit -q -a -m all >/dev/null 2>&1
echo "status $?"
# The message, too.
git commit -q --allow-empty -m "$(secret github-pat)" >/dev/null 2>&1
echo "status $?"
git log --format=%s
