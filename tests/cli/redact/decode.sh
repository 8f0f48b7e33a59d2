#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Encoded bytes that hold a secret are masked, and no others.
token=$(secret github-pat)
{
	echo "sent $(printf 'a: %s b' "$token" | base64 -w0)"
	echo "Authorization: Basic $(printf 'me:%s' "$token" | base64 -w0)"
	echo "wrapped over lines of a log $token and so on and on" | base64 -w32
	printf 'GET /?t=%%67%s&x=1 "gh\\u0070%s\\n" 100%%\n' "${token#g}" \
		"${token#ghp}"
	echo "image: $(seq 1 60 | base64 -w0)"
} >log
stanch redact <log
sed -i '/Basic/d' log
stanch redact --decode none <log >out
cmp out log && echo "none: as it was"
key=$(head -c 20 /dev/zero | tr '\0' k)
(umask 077 && printf %s "$key" >key)
{ echo "$token"; printf %s "$token" | base64 -w0; echo
	printf '%%67%s\n' "${token#g}"
	printf '\\x67%s\n' "${token#g}"
	printf '&#103;%s\n' "${token#g}"; } |
	stanch redact --key-file key --tag '<{hash}>' | sort -u | wc -l
