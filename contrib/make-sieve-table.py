#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/engine/sieve_table.c: how often a kind of byte follows another in
what people scan.

    contrib/make-sieve-table.py >src/engine/sieve_table.c

Reads text that a Debian 12 machine with a compiler has: C headers, the modules
of Perl and Python, and the lists of the files of packages, which are the paths
that logs are full of.  Another point release gives a slightly different table;
none is wrong: it decides how fast the sieve is, never what it finds.
"""
import glob
import math

# sieve_class() knows the same kinds, in this order; 0 is all that is left.
KINDS = "abcdefghijklmnopqrstuvwxyz0123456789_-.=:/\"' $+,;()[]{}<>@#\n*&%"
N = len(KINDS) + 1
STEP = 2            # entries are in halves of a bit
ZERO = ord("a")     # the character that stands for 0
HIGHEST = ord("~") - ZERO


def text():
    for pattern in ("/usr/include/**/*.h", "/usr/share/perl/**/*.p[lmo]*",
            "/usr/lib/python3/**/*.py", "/usr/lib/python3.11/**/*.py",
            "/var/lib/dpkg/info/*.list"):
        for name in sorted(glob.glob(pattern, recursive=True)):
            with open(name, "rb") as f:
                yield f.read()


def bits(p):
    entry = min(HIGHEST, round(-math.log2(p) * STEP))
    return chr(ZERO + entry)


def main():
    kind = bytearray(256)
    for i, c in enumerate(KINDS):
        kind[ord(c)] = kind[ord(c.upper())] = i + 1
    one, two = [1] * N, [[0] * N for _ in range(N)]
    for t in text():
        t = t.translate(bytes(kind))
        for a in range(N):
            one[a] += t.count(a)
        seen = {}
        for pair in zip(t, t[1:]):
            seen[pair] = seen.get(pair, 0) + 1
        for (a, b), n in seen.items():
            two[a][b] += n
    all_bytes = sum(one)
    p1 = [n / all_bytes for n in one]
    print("""/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made by contrib/make-sieve-table.py; do not edit.  A row a kind of byte, a
 * column the kind that follows; 'a' + the bits that tells, in halves.
 */
#include "engine/sieve_private.h"
""")
    print("const char sieve_bits[SIEVE_KINDS + 1] =\n\t\"%s\";\n" %
        "".join(map(bits, p1)))
    print("const char sieve_pair_bits[SIEVE_KINDS][SIEVE_KINDS + 1] = {")
    for a in range(N):
        print("\t\"%s\"," % "".join(bits((two[a][b] + 20 * p1[b]) /
            (one[a] + 20)) for b in range(N)))
    print("};")


main()
