#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Commands in the log that name values to mask, when that is asked for.
v=$(printf q8Zk2%s wPPxs-71)
cat >job.sh <<END
echo "before: $v"
printf '::add-mask::%s\n' $v
echo "then: $v, and \$(printf %s $v | base64)"
echo "##vso[task.setvariable variable=DB;issecret=true]Vb+n3%25Kd9=0L"
echo 'Vb+n3%25Kd9=0L'
for i in {1..12}; do echo "::add-mask::\$i"; done
END
bash job.sh | stanch redact --no-cache
echo ---
bash job.sh | stanch redact --no-cache --in-band github,azure --stats \
	--audit audit 2>err
sed 's/is [0-9a-f]\{64\}/is .../' err >&2
grep -o '"ev":"value".*' audit | sed 's/"t":[^,]*,//; s/,"prev.*//' |
	head -n 4
grep -o '"commands".*' audit | sed 's/,"stream.*//' | head -n 1
stanch audit-log verify audit | head -n 1
# What names a value on one stream holds for the other.
echo ---
stanch redact --no-cache --in-band all -- bash -c "echo '::add-mask::$v'
	sleep 0.2; echo 'error: $v' >&2"
status stanch redact --in-band nobody </dev/null
