#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A run that looked at nothing must not pass for a clean one.
mkdir empty
stanch scan --no-builtin -r ../rules.toml -o report empty
echo "status $?"
[ ! -e report ] || fail 'a report of nothing'
