#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# core.hooksPath: git does not look into .git/hooks then, so neither do we.
git init -q repo && cd repo || exit
mkdir sub
say() { sed "s|$PWD|REPO|;s|$HOME|HOME|"; }

git config core.hooksPath .hooks
(cd sub && status stanch hook install pre-commit) 2>&1 | say
ls .hooks
# shellcheck disable=SC2088 # git resolves it
for path in "$HOME/common" '~/common' ../up; do
	git config core.hooksPath "$path"
	status stanch hook install pre-commit 2>&1 | say
done
find .git/hooks -type f ! -name '*.sample'
echo 'said by the user for all repositories'
git config --unset core.hooksPath
git config --global core.hooksPath "$HOME/common"
status stanch hook install pre-commit 2>&1 | say
status stanch hook install --into "$HOME/common" pre-commit
ls "$HOME/common"
echo 'by a link that leads out'
git config --global --unset core.hooksPath
ln -s "$HOME/common" link
git config core.hooksPath link
status stanch hook install pre-commit 2>&1 | say
status stanch hook install --global --into "$HOME/common" pre-commit
