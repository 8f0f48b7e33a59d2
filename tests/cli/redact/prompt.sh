#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# What no rule can claim is shown at once: a prompt has no newline.
coproc stanch redact --no-builtin -r ../rules.toml
printf 'Password: ' >&"${COPROC[1]}"
IFS= read -r -t 10 -N 10 text <&"${COPROC[0]}"
echo "[$text]"
# What may yet be a secret is held, however long it takes.
printf 'tone_7039' >&"${COPROC[1]}"
IFS= read -r -t 0.5 -N 1 text <&"${COPROC[0]}" || echo held
printf '5286\n' >&"${COPROC[1]}"
IFS= read -r -t 10 text <&"${COPROC[0]}"
echo "[$text]"
