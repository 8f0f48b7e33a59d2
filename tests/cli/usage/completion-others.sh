#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch completion zsh >zsh.out
status stanch completion fish >fish.out
grep -c -- --format zsh.out >/dev/null || fail 'zsh: no --format'
grep -c -- '-l format' fish.out >/dev/null || fail 'fish: no format'
if command -v zsh >/dev/null; then sed '$d' zsh.out | zsh -n; fi
if command -v fish >/dev/null; then sed '$d' fish.out | fish -n; fi
stanch completion csh
