#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What cannot be begun in time is a gap: a stream that is slow to end keeps
# more files from coming up than are on their way at once.
mkdir tree
for ((i = 0; i < 3000; i++)); do
	echo x >"tree/$i"
done
(sleep 2) | stanch scan --time-budget 1 -j 1 -f jsonl - tree >report
echo "status $?"
grep -o '"reason":"time"' report
grep -o '"complete":[a-z]*' report
