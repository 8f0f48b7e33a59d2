#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A value that a job comes to know while its log is filtered.
cat >job.sh <<'END'
value=$(printf x7Kq2%s wZ44pLm9R)
echo "before $value"
printf %s "$value" | stanch mask DEPLOY
echo "status $?; then $value and $(printf %s "$value" | base64)"
printf 'held: x7Kq2wZ44'
printf %s "$value" | stanch mask AGAIN
echo "pLm9R"
printf abc | stanch mask SHORT
echo "status $?"
stanch mask </dev/null
echo "status $?"
for i in {1..20}; do
	(v=Qz$i-$(printf u8Rv4%s t6Wy2Xe$i); printf %s "$v" |
		stanch mask "N$i" && echo "$i: $v") &
done
wait
echo "$value, to the end" >&2
END
stanch redact -- bash job.sh >../out 2>../err
grep -v '^[0-9]' ../out
grep '^[0-9]' ../out | sort -n | head -n 3
grep -c Wy2Xe ../out
cat ../err

# No filter, or one that is gone.
echo secret-of-nobody | status stanch mask 2>&1
STANCH_MASK_FD=1 status stanch mask </dev/null 2>&1
