#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Two packs whose deltas are of each other's objects: gaps, and an end.
git init -q repo
python3 "$TOP/tests/cli/scan/handmade.py" repo/.git/objects/pack <<'PACKS'
ring:11:22
ring:22:11
PACKS
stanch scan --history repo | tr -s ' '
echo "status ${PIPESTATUS[0]}"
