#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# /dev/full takes nothing.
echo plain >file
for c in version man 'rules list' 'rules digest' 'scan file' \
	'scan -f jsonl file' 'scan -o /dev/full file'; do
	# shellcheck disable=SC2086
	stanch $c 2>>messages >/dev/full
	echo "status $?"
done
echo hello | stanch redact 2>>messages >/dev/full
echo "status $?"
cat messages
