#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/judge/wordlike_table.c: how much likelier three neighbouring
characters are in names and prose than in random text.

    contrib/make-wordlike-table.py >src/judge/wordlike_table.c

Reads text that a Debian 12 machine with a compiler has: the licences
(base-files), C headers (libc6-dev, linux-libc-dev), the Perl manual pages'
sources and modules (perl-modules-5.36) and the names and one-line
descriptions of the packages of the release (apt-cache dumpavail).  Each
distinct word counts once a source, so that frequent words do not rule.
Another point release gives a slightly different table; none is wrong.
"""
import glob
import math
import random
import re
import subprocess
import sys

SYMBOLS = "_abcdefghijklmnopqrstuvwxyz0"   # 0: any digit, _: a boundary
N = len(SYMBOLS)
STEP = 4            # table entries are in quarters of a bit
ZERO = ord("P")     # the character that stands for 0
LOWEST, HIGHEST = ord("(") - ZERO, ord("z") - ZERO
RANDOM_CHARS = 4_000_000
BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def symbols(text):
    """As wordlike.c reads a value: caseless, a boundary at each change from
    lower to upper case and at each run of other characters."""
    out, before = ["_"], ""
    for c in text:
        if c.isdigit():
            out.append("0")
        elif not c.isalpha():
            if out[-1] != "_":
                out.append("_")
        else:
            if c.isupper() and before.islower() and out[-1] != "_":
                out.append("_")
            out.append(c.lower())
        before = c
    if out[-1] != "_":
        out.append("_")
    return "".join(out)


def words():
    """The distinct names and words of each source."""
    word = re.compile(r"(?<![0-9A-Za-z_])[A-Za-z][A-Za-z0-9_-]{1,40}(?![0-9A-Za-z_])")
    files = [
        glob.glob("/usr/share/common-licenses/*"),
        glob.glob("/usr/include/**/*.h", recursive=True),
        glob.glob("/usr/share/perl/5.36/**/*.p[lmo]*", recursive=True),
    ]
    for group in files:
        seen = set()
        for name in sorted(group):
            with open(name, encoding="ascii", errors="ignore") as f:
                seen.update(word.findall(f.read()))
        yield from sorted(seen)
    dump = subprocess.run(["apt-cache", "dumpavail"], check=True,
        capture_output=True, encoding="ascii", errors="ignore").stdout
    seen = set()
    for line in dump.splitlines():
        if line.startswith(("Package: ", "Description: ")):
            seen.update(word.findall(line.split(": ", 1)[1]))
    yield from sorted(seen)


def count(texts):
    three, two, one = {}, {}, {}
    for text in texts:
        s = symbols(text)
        for i in range(len(s) - 2):
            three[s[i:i + 3]] = three.get(s[i:i + 3], 0) + 1
        for i in range(len(s) - 1):
            two[s[i:i + 2]] = two.get(s[i:i + 2], 0) + 1
        for c in s:
            one[c] = one.get(c, 0) + 1
    return three, two, one


def probability(counts, three):
    """Of the third after the first two, backing off to shorter contexts."""
    c3, c2, c1 = counts
    all1 = sum(c1.values())
    p1 = (c1.get(three[2], 0) + 1) / (all1 + N)
    seen1 = c1.get(three[1], 0)
    p2 = (c2.get(three[1:], 0) + 20 * p1) / (seen1 + 20)
    seen2 = c2.get(three[:2], 0)
    return (c3.get(three, 0) + 10 * p2) / (seen2 + 10)


def main():
    random.seed(20)
    text = count(words())
    noise = count("".join(random.choices(BASE62, k=40))
        for _ in range(RANDOM_CHARS // 40))
    print("""/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made by contrib/make-wordlike-table.py; do not edit.  A row a first
 * symbol, in it 28 blocks of 28: how much likelier the third symbol is after
 * the first two in words than in random text, in quarters of a bit ('P': as
 * likely).  The symbols: boundary, a to z, digit.
 */
#include "judge/wordlike.h"

const char wordlike_table[WORDLIKE_SYMBOLS]
	[WORDLIKE_SYMBOLS * WORDLIKE_SYMBOLS + 1] = {""")
    for a in SYMBOLS:
        row = []
        for b in SYMBOLS:
            for c in SYMBOLS:
                llr = math.log2(probability(text, a + b + c)
                    / probability(noise, a + b + c))
                q = max(LOWEST, min(HIGHEST, round(llr * STEP)))
                ch = chr(ZERO + q)
                row.append({"\\": "]", "?": "@"}.get(ch, ch))
        lines = ["".join(row[i:i + 56]) for i in range(0, len(row), 56)]
        print("\t/* %s */\n%s," % (a,
            "\n".join('\t"%s"' % line for line in lines)))
    print("};")


if __name__ == "__main__":
    sys.exit(main())
