#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A secret under an id that a harmless object has in another pack is found, an
# object that two packs hold has one place, and bytes between objects are told.
rule test-one tone_ >../rules.toml
git init -q repo
python3 "$TOP/tests/cli/scan/handmade.py" repo/.git/objects/pack <<'PACKS'
blob:11:nothing+of+interest blob:33:twice+tone_70395283
blob:11:hidden+tone_70395281 blob:33:twice+tone_70395283
blob:44:plain junk:tone_70395284 blob:55:plain
junk:tone_70395285 blob:66:plain
PACKS
stanch scan --no-builtin -r ../rules.toml --history repo | tr -s ' '
echo "status ${PIPESTATUS[0]}"
