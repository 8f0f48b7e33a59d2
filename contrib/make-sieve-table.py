#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/engine/sieve_table.c: how often a kind of byte follows another in
what people scan, and which four are met more often than that tells.

    contrib/make-sieve-table.py >src/engine/sieve_table.c

Reads text that a Debian 12 machine with a compiler has: C headers, the modules
of Perl and Python, and the lists of the files of packages, which are the paths
that logs are full of.  Another point release gives a slightly different table;
none is wrong: it decides how fast the sieve is, never what it finds.
"""
import collections
import glob
import math

# sieve_class() knows the same kinds, in this order; 0 is all that is left.
KINDS = "abcdefghijklmnopqrstuvwxyz0123456789_-.=:/\"' $+,;()[]{}<>@#\n*&%"
N = len(KINDS) + 1
STEP = 2            # entries are in halves of a bit
ZERO = ord("a")     # the character that stands for 0
HIGHEST = ord("~") - ZERO
# Windows worth a line: met this often, and so much more often than reckoned.
WINDOW_LEAST = 1 / 16384
WINDOW_FACTOR = 2
WINDOW_KINDS = set("abcdefghijklmnopqrstuvwxyz_-.=:/ ")


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


def common_windows(four, p1, p2):
    """Those that pairs do not tell of, with their bits."""
    total = sum(four.values())
    for window, n in sorted(four.items()):
        if b"\0" in window:
            continue
        text = "".join(KINDS[c - 1] for c in window)
        p = p1[window[0]]
        for a, b in zip(window, window[1:]):
            p *= p2[a][b]
        if (n / total >= WINDOW_LEAST and n / total >= WINDOW_FACTOR * p and
                set(text) <= WINDOW_KINDS):
            yield text + bits(n / total)


def main():
    kind = bytearray(256)
    for i, c in enumerate(KINDS):
        kind[ord(c)] = kind[ord(c.upper())] = i + 1
    one, two = [1] * N, [[0] * N for _ in range(N)]
    four = collections.Counter()
    for t in text():
        t = t.translate(bytes(kind))
        for a in range(N):
            one[a] += t.count(a)
        seen = {}
        for pair in zip(t, t[1:]):
            seen[pair] = seen.get(pair, 0) + 1
        for (a, b), n in seen.items():
            two[a][b] += n
        four.update(t[i:i + 4] for i in range(len(t) - 3))
    all_bytes = sum(one)
    p1 = [n / all_bytes for n in one]
    p2 = [[(two[a][b] + 20 * p1[b]) / (one[a] + 20) for b in range(N)]
        for a in range(N)]
    print("""/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made by contrib/make-sieve-table.py; do not edit.  A row a kind of byte, a
 * column the kind that follows; 'a' + the bits that tells, in halves.  Behind
 * them windows that are commoner than their pairs say, with theirs.
 */
#include "engine/sieve_private.h"
""")
    print("const char sieve_bits[SIEVE_KINDS + 1] =\n\t\"%s\";\n" %
        "".join(map(bits, p1)))
    print("const char sieve_pair_bits[SIEVE_KINDS][SIEVE_KINDS + 1] = {")
    for a in range(N):
        print("\t\"%s\"," % "".join(map(bits, p2[a])))
    print("};")
    windows = list(common_windows(four, p1, p2))
    print("\nconst char sieve_windows[][SIEVE_WINDOW + 2] = {")
    for i in range(0, len(windows), 8):
        print("\t%s," % ", ".join('"%s"' % w for w in windows[i:i + 8]))
    print("};\n\nconst size_t sieve_nwindows = sizeof sieve_windows /\n"
        "\tsizeof *sieve_windows;")


main()
