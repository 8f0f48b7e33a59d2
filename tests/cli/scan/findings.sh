#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Found with place, line and column; masked; status 1.
mkdir tree
secret github-pat >token
{ echo line one; printf 'key: '; cat token; } >tree/config
stanch scan tree >report
echo "status $?"
grep -qF "$(cat token)" report && fail 'the secret is in the report'
cat report
