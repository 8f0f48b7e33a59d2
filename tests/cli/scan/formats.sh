#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# --formats says which kinds are looked into; the others are gaps.
mkdir t && printf 'tone_70395281\n' >a && gzip -nc a >t/a.gz
python3 -c '
import zlib, struct
def block(t, flags, body, data=b""):
    head = struct.pack("<BHH", t, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xffff) + head + data
data = b"x\ntone_70395282\n"
open("t/b.rar", "wb").write(b"Rar!\x1a\7\0" + block(0x73, 0, bytes(6)) +
    block(0x74, 0x8000, struct.pack("<IIBIIBBHI", len(data), len(data), 3,
        zlib.crc32(data), 0, 20, 48, 4, 0) + b"conf", data) +
    block(0x7b, 0x4000, b""))'
for list in default +rar rar -gzip; do
	echo "--- $list"
	stanch scan --formats "$list" -c shaped -f jsonl --no-builtin \
		-r rules.toml t | grep -v summary |
		grep -oE '"(path|line|reason|detail)":[^,}]*'
	echo "status ${PIPESTATUS[0]}"
done
stanch scan --formats +what --no-builtin -r rules.toml t 2>&1
echo "status $?"
