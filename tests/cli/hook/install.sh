#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A hook of somebody else is left alone; ours may be written again.
status stanch hook install pre-commit
git init -q repo && cd repo || exit
status stanch hook install no-such-hook
status stanch hook install pre-commit
status stanch hook install pre-commit
cat .git/hooks/pre-commit
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-push
status stanch hook install pre-push 2>../err
sed "s|$PWD|REPO|" ../err
cat .git/hooks/pre-push
git config core.hooksPath elsewhere
status stanch hook install pre-commit 2>&1 | sed "s|$PWD|REPO|"
status stanch hook run no-such-hook
status stanch hook run update
echo nonsense | status stanch hook run pre-receive
