# SPDX-License-Identifier: Apache-2.0
"""The most memory that 'stanch redact' takes for streams that never end.

    memory.py MIB [NAME...]

MIB: how much of each stream is let through.  A thousand known values, and
commands in the log may name more.  Prints what was over 64 MiB, exit 1.
"""
import os
import random
import subprocess
import sys

MOST = 64 * 1024        # KiB
PIECE = 1 << 20
BEGIN = b"-----BEGIN " + b"PRIVATE KEY-----\n"


def values():
    """Made up, of many lengths."""
    draw = random.Random(1)
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789+/-_="
    return ["".join(draw.choice(letters) for _ in range(12 + i % 60))
            for i in range(1000)]


def body(n):
    """Lines of what may be the body of a key."""
    draw = random.Random(2)
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    line = bytes(draw.choice(letters) for _ in range(64)) + b"\n"
    return line * (n // len(line))


def streams(known):
    """NAME: what comes first, and what comes again and again."""
    half = known[0][:len(known[0]) // 2].encode()
    key = known[1].encode()
    return {
        "no newline": (b"", b"x" * PIECE),
        "NUL": (b"", b"\0" * PIECE),
        "newlines": (b"", b"\n" * PIECE),
        "blanks after a key's first line": (BEGIN + body(65), b" " * PIECE),
        "blanks after a value's first half": (half, b" \n" * (PIECE // 2)),
        "a key without end": (BEGIN, body(PIECE)),
        "base64": (b"", b"QUJD" * (PIECE // 4)),
        "UTF-16": (b"", b"a\0" * (PIECE // 2)),
        "escapes": (b"", b"\\u00" * (PIECE // 4)),
        "JSON": (b'{"a":"', b"y" * PIECE),
        "values": (b"", (key + b" ") * (PIECE // (len(key) + 1))),
        "a command without end": (b"::add-mask::", b"z" * PIECE),
        "commands": (b"", b"".join(b"::add-mask::q8Zk2-%06d-wP\n" % i
                                   for i in range(PIECE // 26))),
        "a sequence without end": (b"\x1b[", b"1;" * (PIECE // 2)),
    }


# One that takes its time: the search is made anew for each of 128 values.
SLOW = {"commands": 1}


def peak(args, first, again, mib):
    """KiB of the most memory, and the status, of what is given all that."""
    child = subprocess.Popen(args, stdin=subprocess.PIPE,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, bufsize=0)
    child.stdin.write(first)
    for _ in range(mib):
        rest = memoryview(again)
        while rest:
            rest = rest[child.stdin.write(rest):]
    child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    return usage.ru_maxrss, status


def main():
    known = values()
    with open("values", "w", encoding="ascii") as file:
        file.write("\n".join(known) + "\n")
    args = ["stanch", "redact", "--mask-file", "values", "--in-band", "all",
            "--neutralise-commands", "--json"]
    bad = 0
    for name, (first, again) in streams(known).items():
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        most, status = peak(args, first, again,
                            SLOW.get(name, int(sys.argv[1])))
        if os.environ.get("MEMORY_VERBOSE"):
            print(f"{most / 1024:6.1f} MiB  {name}", flush=True)
        if most > MOST or status:
            print(f"{name}: {most / 1024:.1f} MiB, status {status}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
