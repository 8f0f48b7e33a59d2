#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The scanned tree has no say: neither rules nor exceptions in it count.
mkdir tree
secret github-pat >tree/token
cat >tree/.gitleaks.toml <<'END'
[allowlist]
paths = [".*"]
END
cp tree/.gitleaks.toml tree/.stanch.toml
echo 'token' >tree/.gitleaksignore
echo '* -diff' >tree/.gitattributes
echo '*' >tree/.gitignore
cd tree || exit
stanch scan -f jsonl | grep -o '"path":"[^"]*"'
