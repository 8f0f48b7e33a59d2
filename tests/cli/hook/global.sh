#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Hooks for all repositories: the repository's own are called after them.
export GIT_CONFIG_GLOBAL=$PWD/config
git config --global user.name Tester
git config --global user.email tester@example.org
status stanch hook install --global pre-commit pre-push post-commit |
	sed "s|$HOME|HOME|"
git config --global core.hooksPath "$HOME/.config/stanch/hooks"
cat "$HOME/.config/stanch/hooks/pre-push"

git init -q --bare server.git
git init -q -b main repo && cd repo || exit
git remote add origin ../server.git
mkdir -p .git/hooks
for hook in pre-commit prepare-commit-msg post-commit pre-push; do
	printf '#!/bin/sh\necho "own %s"\n' "$hook" >".git/hooks/$hook"
	chmod +x ".git/hooks/$hook"
done
# What git says on its input is for both.
printf 'cut -d " " -f 1\n' >>.git/hooks/pre-push

echo 'clean: both are called'
status git commit -q --allow-empty -m clean 2>&1
status git push -q origin main 2>&1
echo 'a secret: ours stops, the own hook is not asked'
secret github-pat >leak && git add leak
git commit -q -m leak >../out 2>&1
echo "status $?"
grep -oE 'own [a-z-]+|github-pat' ../out
echo 'by force: told after it was made, and stopped at the push'
git commit -q --no-verify -m leak >../out 2>&1
echo "status $?"
grep -oE 'own [a-z-]+|github-pat' ../out
git push -q origin main >../out 2>&1
echo "status $?"
grep -oE 'own [a-z-]+|github-pat' ../out
echo 'again, for more: what was there stays'
stanch hook install --global commit-msg >/dev/null
grep -l 'hook run' "$HOME"/.config/stanch/hooks/* | xargs -n 1 basename
