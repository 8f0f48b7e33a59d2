#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is found in what was decoded says how it was.
token=$(secret github-pat)
{
	printf 'a: "gh\\u0070%s"\n' "${token#ghp}"
	echo "b: $(printf %s "$token" | base64 -w0)"
} >f
stanch explain f:1
stanch explain f:2
stanch explain -f jsonl f:1 | grep -o '"step":"[^"]*"\|"decoded":"[^"]*"'
