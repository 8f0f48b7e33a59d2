#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Secrets with escapes in them, in the files in which they are met.
token=$(secret github-pat)
key=$(secret private-key-pkcs8)
tail=${token#ghp_}

each() {	# byte of $2, in the form $1
	printf %s "$2" | od -An -v -tu1 -w1 | while read -r n; do
		# shellcheck disable=SC2059
		printf "$1" "$n"
	done
}

mkdir in
echo "GET /?t=ghp%5F$tail HTTP/1.1" >in/access.log
echo "{\"token\": \"$(each '\\u%04x' "$token")\"}" >in/a.json
echo "char t[] = \"$(each '\\x%02x' "$token")\";" >in/a.c
echo "<p>$(each '&#%d;' "$token")</p>" >in/a.html
printf '{"log":{"entries":[{"request":{"postData":{"text":"%s"}}}]}}\n' \
	"a=b\\u0026key=$(python3 -c 'import sys, urllib.parse as u
print(u.quote(sys.argv[1], safe=""))' "$key")\\u0026c=d" >in/a.har
printf '{"cells":[{"source":["KEY = \\"\\"\\"%s\\"\\"\\"\\n","t = \\"%s\\"\\n"]}]}\n' \
	"${key//$'\n'/\\n}" "$token" >in/a.ipynb
printf 'insert into t values (x%s);\n' "'$(each '%02x' "$token")'" >in/a.sql
{
	echo 'Content-Transfer-Encoding: quoted-printable'
	echo
	echo "please take the token of the build, which is this one: ${token:0:18}="
	echo "${token:18} and no other"
} >in/a.eml
stanch scan -f jsonl in |
	grep -o '"decoded":"[^"]*"\|"path":"[^"]*"\|"rule_id":"[^"]*"'
for kind in percent escapes entities quoted-printable hex; do
	stanch scan --decode $kind in >report
	echo "$kind: $(grep -c 'bytes)' report)"
done
