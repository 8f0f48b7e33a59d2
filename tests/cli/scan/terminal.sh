#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# On a terminal findings are not mixed with the line of progress.
echo tone_70395286 >file
export TERM=xterm
cat >slow <<'END'
sleep 1.3; cat file; sleep 0.5
END
script -qec "bash -c 'bash slow | stanch scan --no-builtin -r ../rules.toml -'" \
	/dev/null >screen
grep -q 'files, ' screen || fail 'no progress'
# The report's line begins by clearing what stood there.
tr '\r' '\n' <screen | grep -c $'^\033\[K.*HIGH'
tr '\r' '\n' <screen | grep -c $'^\033\[KScanned'
