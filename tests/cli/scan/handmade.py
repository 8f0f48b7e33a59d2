# SPDX-License-Identifier: Apache-2.0
"""Packs that no git would make, with their indexes, for cases about them.

    handmade.py FOLDER <LINES       each line makes one pack: words of

    blob:XX:TEXT    a blob of TEXT (a blank for each +), under the id XX...XX
    ring:XX:YY      a delta of the object YY...YY, under the id XX...XX
    large:XX:TEXT   a blob of 257 MiB of blanks and TEXT, under the id XX...XX
    junk:TEXT       bytes that belong to no object, and are not counted
"""
import struct
import sys
import zlib


def entry(word):
    """Its id ("" for none) and its bytes."""
    kind, name, *rest = word.split(":")
    if kind == "junk":
        return b"", zlib.compress(name.encode())
    own = bytes.fromhex(name) * 20
    if kind == "ring":
        delta = bytes([5, 5, 0x91, 0, 5])
        return own, (bytes([7 << 4 | len(delta)]) +
                     bytes.fromhex(rest[0]) * 20 + zlib.compress(delta))
    text = rest[0].replace("+", " ").encode()
    if kind == "large":
        text = b" " * (257 << 20) + text
    head, size = [0x80 | 3 << 4 | len(text) & 15], len(text) >> 4
    while size > 127:
        head.append(0x80 | size & 127)
        size >>= 7
    return own, bytes(head + [size]) + zlib.compress(text)


def pack(folder, number, words):
    """A pack of the words, and its index."""
    name, body, known = f"{number:040x}", b"", []
    for word in words:
        own, data = entry(word)
        if own:
            known.append((own, 12 + len(body)))
        body += data
    known.sort()
    end = bytes([number]) * 20      # nobody asks what it is a sum of
    with open(f"{folder}/pack-{name}.pack", "wb") as file:
        file.write(b"PACK" + struct.pack(">II", 2, len(known)) + body + end)
    with open(f"{folder}/pack-{name}.idx", "wb") as file:
        file.write(b"\xfftOc\0\0\0\x02")
        for i in range(256):
            file.write(struct.pack(">I", sum(k[0][0] <= i for k in known)))
        file.write(b"".join(k[0] for k in known) + bytes(4 * len(known)))
        file.write(b"".join(struct.pack(">I", k[1]) for k in known))
        file.write(end + bytes(20))


for count, line in enumerate(sys.stdin, 1):
    pack(sys.argv[1], count, line.split())
