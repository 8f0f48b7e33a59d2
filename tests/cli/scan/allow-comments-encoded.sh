#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A comment beside encoded bytes counts as one beside a secret that stands there,
# also where a read ends between them.
token=$(secret github-pat)
encoded=$(printf %s "$token" | base64 -w0)
{
	echo "a = $encoded # stanch:allow made up for a test"
	echo "b = $encoded # stanch:allow"
	printf 'c = "gh\\u0070%s" // gitleaks:allow\n' "${token#ghp}"
	printf 'd = &#103;%s <!-- stanch:allow for tests -->\n' "${token#g}"
	echo "e = $encoded"
} >f
for whose in none own all; do
	echo "$whose"
	stanch scan -f jsonl --allow-comments "$whose" f |
		grep -oE '"line":[0-9]+|"let_pass":[0-9]+'
done
for n in 1 2 20 40; do
	head -c $((256 * 1024 - 60 - n)) /dev/zero | tr '\0' '\n'
	echo "k = $encoded # stanch:allow made up for a test"
done | stanch scan -f jsonl --allow-comments own - | grep -oE '"let_pass":[0-9]+'
