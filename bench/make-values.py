#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Known values for the bench, made up, the same each time.

    make-values.py values N         N values, one a line
    make-values.py lines N          lines of a log that hold them, in forms
    make-values.py near N BYTES     text of nothing but what nearly is one
"""
import base64
import random
import string
import sys

ALPHABETS = [string.ascii_letters + string.digits, "0123456789abcdef",
             string.ascii_letters + string.digits + "-_/+=!&$@"]


def values(count):
    make = random.Random(1)
    return ["".join(make.choices(make.choice(ALPHABETS), k=make.choice(
        (12, 16, 20, 24, 32, 40)))) for _ in range(count)]


def forms(value):
    raw = value.encode()
    yield value
    yield base64.b64encode(b"user:" + raw).decode()
    yield raw.hex()
    yield "".join(c if c.isalnum() else f"%{ord(c):02X}" for c in value)
    yield f"{value[:8]}\x1b[0m{value[8:]}"


def near(value):
    """All but the last letter, or the first; in pieces; as it is read."""
    raw = value.encode()
    yield value[:min(len(value) // 2 - 1, 7)] + "\n"
    yield value[1:] + " "
    yield value[:5] + "\n" + value[5:9]
    yield "\\" + value[:9] + "%2"
    yield base64.b64encode(raw).decode()[:-4] + "\n"
    yield raw.hex()[:-2] + ":"
    yield " ".join(value[:-1]) + "\x1b["


def main(what, count, size=0):
    known = values(int(count))
    if what == "values":
        print("\n".join(known))
    elif what == "lines":
        for value in known:
            for form in forms(value):
                print(f"12:00:00 deploy: {form} end")
    else:
        make = random.Random(2)
        block = "".join(text for _ in range(4000)
                        for text in near(make.choice(known)))
        for _ in range(int(size) // len(block) + 1):
            sys.stdout.write(block)


if __name__ == "__main__":
    main(*sys.argv[1:])
