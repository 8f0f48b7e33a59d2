#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
secret github-pat >token
stanch scan --show-secrets token | grep -cF "$(cat token)"
stanch scan --show-secrets -f jsonl token | grep -cF "$(cat token)"
# A file that holds secrets is its owner's alone.
stanch scan --show-secrets -o report token
echo "status $?"
stat -c %a report
