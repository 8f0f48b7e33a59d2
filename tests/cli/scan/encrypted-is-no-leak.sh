#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Encrypted data is shown on request only, and hides nothing that is not.
for id in sops-value ansible-vault sealed-secret vault-transit age-file \
	pgp-message git-crypt-file; do
	stanch rules example "encrypted-$id"
done >sealed
stanch scan -q sealed
echo "status $?"
stanch scan --confidence heuristic -f jsonl sealed |
	grep -o '"rule_id":"[^"]*"\|"severity":"[^"]*"' | sort | uniq -c
{
	echo '-----BEGIN PGP MESSAGE-----'
	echo
	printf '%064d\n' 0
	secret github-pat
	echo
	printf '%064d\n' 0
	echo '-----END PGP MESSAGE-----'
} >hiding
stanch scan -f jsonl hiding | grep -o '"rule_id":"[^"]*"'
stanch redact <hiding | grep -c REDACTED
