#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Secrets in base64 as they are met: the report says where and how.
token=$(secret github-pat)
mkdir in
{
	echo "apiVersion: v1"
	echo "kind: Secret"
	echo "data:"
	echo "  token: $(printf %s "$token" | base64 -w0)"
} >in/secret.yaml
printf '{"auths":{"ghcr.io":{"auth":"%s"}}}' \
	"$(printf 'me:%s' "$token" | base64 -w0)" | base64 -w0 \
	>in/dockerconfigjson
echo "a mail with the token $token in the midst of it" | base64 -w60 \
	>in/wrapped.txt
echo "powershell -enc $(printf 't="%s"' "$token" |
	iconv -t UTF-16LE | base64 -w0)" >in/run.cmd
stanch scan in | grep -v 'Scanned'
stanch scan -f jsonl in | grep -o '"decoded":"[^"]*"'
echo "none: $(stanch scan --decode none in | grep -c github-pat)"
echo "utf-16: $(stanch scan --decode utf-16 in | grep -c github-pat)"
status stanch scan --decode base46 in
