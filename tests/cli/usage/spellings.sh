#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One option in all its spellings; letters in one word; options last.
echo plain >file
for args in '--format jsonl file' '--format=jsonl file' '-f jsonl file' \
	'-fjsonl file' 'file -f jsonl' '-j2 file --format=text -fjsonl' \
	'-j 1 -fjsonl -- file' '--no-progress -qfjsonl -o /dev/stdout file'; do
	# shellcheck disable=SC2086
	stanch scan $args | grep -c '"type":"summary"' || fail "$args"
done
