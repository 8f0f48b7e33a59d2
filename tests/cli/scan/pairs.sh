#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A secret and what belongs to it are one finding; each half has its own.
pair() {
	echo "id = $(secret aws-access-key-id)"
	secret aws-secret-key | tail -n 1
}
pair >both
pair | tail -n 1 >secret
pair | head -n 1 >id
{ secret azure-client-id; secret azure-tenant-id; } >ids
for f in both secret id ids; do
	stanch scan --quiet $f
	echo "$f: $?"
done
stanch scan both | grep -v Scanned
stanch scan -f jsonl both | grep -o '"parts":[^]]*]'
stanch scan -c heuristic secret | grep -v Scanned
