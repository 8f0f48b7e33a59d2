#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The pre-commit framework, with the hook that this repository offers it.
git config --global user.name Tester
git config --global user.email tester@example.org
export PRE_COMMIT_HOME=$PWD/framework
git init -q ours && cp "$TOP/.pre-commit-hooks.yaml" ours/
git -C ours add . && git -C ours commit -q -m hooks

git init -q -b main repo && cd repo || exit
cat >.pre-commit-config.yaml <<END
repos:
- repo: file://$PWD/../ours
  rev: $(git -C ../ours rev-parse HEAD)
  hooks:
  - id: stanch
END
git add .
pre-commit install >../out 2>&1 || cat ../out
show() {
	grep -vE '^\[|^Scanned|^$' ../out | grep -oE \
		'no secret in what is staged|Passed|Failed|exit code: .*|github-pat'
}
commit() {
	git commit -q -m "$1" >../out 2>&1
	echo "status $?"
	show
}
commit clean
secret github-pat >leak && git add leak
commit leak
# Not staged: put aside by the framework, and no business of the commit.
git rm -q --cached leak && echo text >file && git add file
commit harmless
git log --format=%s
