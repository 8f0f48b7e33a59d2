#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Files beyond what is unpacked whole (256 MiB) are read block by block, loose
# and packed, in bounded memory.  A secret lies over the edge of two blocks.
# What is a delta of such a file is a gap, and so is what is damaged.
git config --global user.name Tester
git config --global user.email tester@example.org
git config --global core.compression 1
git config --global core.bigFileThreshold 1g
git init -q -b main repo
large=$((257 * 1024 * 1024))
{
	secret github-pat --seed 1
	yes 'a line like any other' | head -c $((128 * 256 * 1024 - 20))
	echo
	secret github-pat --seed 2
	yes 'a line like any other' | head -c $large
	echo
	secret github-pat --seed 3
} >large_file
id=$(git -C repo hash-object -w ../large_file)

limit_memory 700000
look() {
	status stanch scan --history --jobs 1 "$@" repo |
		sed -E 's/ in [0-9.]+ s//'
}
echo 'loose'
look
echo 'packed'
git -C repo pack-objects -q .git/objects/pack/pack <<<"$id" >/dev/null
git -C repo prune-packed
look
echo 'staged'
git -C repo update-index --add --cacheinfo "100644,$id,large"
stanch scan --staged repo | grep -c github-pat
echo 'not more than asked for'
look --max-file-size 1M | grep -E ' over-limit:|status'
echo 'damaged'
pack=$(echo repo/.git/objects/pack/*.pack)
chmod u+w "$pack"
printf x | dd of="$pack" bs=1 seek=900000 conv=notrunc status=none
stanch scan --history --jobs 1 repo | grep -E ' corrupt:|github-pat'
echo 'a delta of it'
git init -q other
python3 "$TOP/tests/cli/scan/handmade.py" other/.git/objects/pack \
	<<<"large:11:$(secret github-pat) ring:22:11 ring:33:22"
stanch scan --history --jobs 1 other | grep -E 'github-pat| over-limit:'
