#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# The report is put in its place when it is whole.
mkdir tree
echo tone_70395286 >tree/file
scan() { stanch scan --no-builtin -r ../rules.toml "$@"; }
status scan -f jsonl -o report tree
tail -n 1 report | grep -c '"type":"summary"'
stat -c %a report
# What was there is replaced, through a link.
echo old >old
ln -s old link
status scan -f jsonl -o link tree
[ -L link ] && grep -c '"type":"summary"' old
# A scan that fails leaves it alone, and nothing beside it.
echo precious >kept
status scan -o kept no-such-path
cat kept
status scan -o no-such-folder/report tree
status scan -o tree tree
ln -s nowhere dangling
status scan -o dangling tree
ls -A
# A pipe is written as it comes; "-" is standard output, as it is for input.
scan -f jsonl -o /dev/stdout tree | grep -c '"type":"summary"'
scan -q -f jsonl -o - tree | grep -c '"type":"summary"'
