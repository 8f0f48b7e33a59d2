#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The report does not depend on the number of threads.
mkdir tree
for i in {1..60}; do
	secret github-pat --seed "$i" >"tree/$i"
	head -c $((i * 3000)) /dev/zero | tr '\0' 'x' >>"tree/$i"
	secret github-pat --seed "$((i + 100))" >>"tree/$i"
done
for j in 1 2 5; do
	stanch scan -f jsonl -j $j tree | sed '$d' >report.$j
done
wc -l <report.1
cmp report.1 report.2
cmp report.1 report.5
