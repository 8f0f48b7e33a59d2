#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Two packs whose deltas are of each other's objects: gaps, and an end.
git init -q repo
mkdir -p repo/.git/objects/pack
python3 - repo/.git/objects/pack <<'PY'
import struct, sys, zlib
X, Y = b"\x11" * 20, b"\x22" * 20


def pack(name, own, base):
    delta = bytes([5, 5, 0x91, 0, 5])
    entry = bytes([7 << 4 | len(delta)]) + base + zlib.compress(delta)
    data = b"PACK" + struct.pack(">II", 2, 1) + entry
    end = name.encode() * 20
    with open(f"{sys.argv[1]}/pack-{name * 40}.pack", "wb") as f:
        f.write(data + end)
    fan = b"".join(struct.pack(">I", i >= own[0]) for i in range(256))
    with open(f"{sys.argv[1]}/pack-{name * 40}.idx", "wb") as f:
        f.write(b"\xfftOc\0\0\0\x02" + fan + own + bytes(4) +
                struct.pack(">I", 12) + end + bytes(20))


pack("a", X, Y)
pack("b", Y, X)
PY
stanch scan --history repo | tr -s ' '
echo "status ${PIPESTATUS[0]}"
