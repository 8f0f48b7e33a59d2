#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Members of one archive are scanned by several threads, and the report is the
# same: findings, gaps and their order, the account of all bytes, the sums.
mkdir -p tree/inner
for i in {1..150}; do
	{
		secret github-pat --seed "$i"
		head -c $((i * 400)) /dev/zero | tr '\0' 'x'
		printf '\n'
		secret gitlab-pat --seed "$i"
	} >"tree/$i"
done
for i in 1 2 3; do	# larger than what goes from thread to thread
	{
		head -c $((i * 200000)) /dev/zero | tr '\0' 'y'
		printf '\n'
		secret github-pat --seed "9$i"
	} >"tree/large$i"
done
# In each other, twice the same, and damaged in the middle.
cp tree/{1,2,3} tree/inner
tar -cf - -C tree inner | gzip -n >tree/4.tgz
cp tree/4.tgz tree/90.tgz
gzip -nc tree/120 >tree/121.gz
printf '\377\377' | dd of=tree/121.gz bs=1 seek=60 conv=notrunc status=none
gzip -nc tree/130 | head -c 90 >tree/131.gz
# What does not compress, so that the gzip is large, too.
python3 -c 'import random, sys
random.seed(1)
sys.stdout.buffer.write(random.randbytes(1500000))' >tree/random
tar -cf all.tar --sort=name -C tree .
gzip -nc all.tar >all.tar.gz
rm -r tree
for j in 1 2 3 5; do
	for f in all.tar all.tar.gz; do
		stanch scan -f jsonl -j $j --explain-coverage $f |
			sed 's/"seconds":[0-9.]*//' >"report.$f.$j"
		echo "$f $j: status ${PIPESTATUS[0]}"
	done
done
for f in all.tar all.tar.gz; do
	grep -c '"type":"finding"' report.$f.1
	grep -c '"type":"gap"' report.$f.1
	for j in 2 3 5; do
		cmp report.$f.1 report.$f.$j
	done
done
