#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: shellcheck has nothing to say about our scripts.
set -u
cd "$(dirname "$0")/../.." || exit 2
mapfile -t scripts < <(git ls-files '*.sh' .ci bench/plan 2>/dev/null |
	while IFS= read -r f; do
		head -n 1 "$f" | grep -qE '^#!.*\b(ba)?sh$' && echo "$f"
	done)
shellcheck -f gcc -s bash "${scripts[@]}"
