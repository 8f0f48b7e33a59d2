#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a
export GIT_COMMITTER_EMAIL=a
mkdir t
git init -q -b main r
cd r || exit 2
# Two versions of a file, so that one is a delta of the other.
seq 3000 >file
echo tone_70395281 >>file
git add file && git commit -qm first
seq 3000 >file
echo tone_70395282 >>file
git add file && git commit -qm 'second tone_70395283'
echo tone_70395284 | gzip -n >file.gz
git add file.gz && git commit -qm third
git bundle create -q ../t/all.bundle main
git bundle create -q ../t/some.bundle main~1..main
git repack -adfq
cp .git/objects/pack/*.pack ../t/alone.pack
tar -cf ../t/r.tar .git
git repack -adfq --no-write-bitmap-index
git -c repack.useDeltaBaseOffset=false repack -adfq
cp .git/objects/pack/*.pack ../t/by-id.pack
cd ..
cp t/all.bundle t/cut.bundle
truncate -s -60 t/cut.bundle
cp t/alone.pack t/changed.pack
printf x | dd of=t/changed.pack bs=1 seek=60 conv=notrunc status=none
zip -q t/b.zip t/all.bundle
{ cat t/alone.pack; echo tone_70395285; } >t/tail.pack
scan() {
	stanch scan --no-builtin -r rules.toml --show-secrets -f jsonl "$@" |
		python3 -c '
import json, re, sys
for r in map(json.loads, sys.stdin):
    path = re.sub("pack-[0-9a-f]*", "pack-ID", r.get("path", ""))
    if r["type"] == "finding":
        print(path, r["secret"])
    elif r["type"] == "gap":
        print("gap", path, r["reason"], r["detail"])' | sort
}
scan t/all.bundle t/some.bundle
scan t/alone.pack t/by-id.pack t/tail.pack t/b.zip
scan t/r.tar
scan t/cut.bundle t/changed.pack
