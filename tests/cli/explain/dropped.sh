#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is not found says how far it came: each reason, by its numbers.
{
	echo 'password = "correct horse battery"'
	printf 'ghp_%036d\n' 0 | tr 0 x
	printf 'key: ghp_%.30sAAAAAA\n' "$(secret github-pat | cut -c5-)"
	printf 'ghp_short\n'
	printf 'xAKIA\n'
} >app.env
for line in 1 2 3 4 5; do
	status stanch explain app.env:$line
done
