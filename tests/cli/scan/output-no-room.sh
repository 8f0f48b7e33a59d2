#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Room for a part of the report only: what was there stays.
for i in {1..99}; do echo "$i tone_70395286"; done >file
scan=(stanch scan -f jsonl --no-builtin -r ../rules.toml)
"${scan[@]}" file >/dev/null	# warm the cache
echo precious >kept
ulimit -f 4
status "${scan[@]}" -o kept file
cat kept
ls -A
"${scan[@]}" file >partly
echo "status $?"
for _ in {1..9999}; do echo 'more and more'; done |
	stanch redact --no-builtin -r ../rules.toml >partly
echo "status $?"
