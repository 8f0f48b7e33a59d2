#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The leak battery against `stanch redact --mask-file`.

    run.py                  says what leaks; nothing must of the 43

BUILD is where the program was built.
"""
import array
import fcntl
import os
import subprocess
import sys
import tempfile
import termios
import time

from battery import MASKED, battery, further, leaked

# What is known to get through, and why; a case that does not any more must go.
OPEN = {
    "colour after each letter": "the first five letters stay",
    "base32": "not looked for",
}


def wait_until_read(fd):
    """So that the next write is a read of its own."""
    here = array.array("i", [1])
    while here[0]:
        fcntl.ioctl(fd, termios.FIONREAD, here)
        if here[0]:
            time.sleep(0.0005)


def stanch(case, options=()):
    """The output for a case, written in its pieces."""
    program = os.path.join(os.environ.get("BUILD", "build"), "stanch")
    with tempfile.NamedTemporaryFile() as values:
        values.write(b"\0".join(s.encode() for s in case.secrets) + b"\0")
        values.flush()
        with subprocess.Popen(
                [program, "redact", "--mask-file", values.name, *options],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL) as run:
            for text in case.writes:
                os.write(run.stdin.fileno(), text.encode())
                if len(case.writes) > 1:
                    wait_until_read(run.stdin.fileno())
            out, _ = run.communicate()
    if run.returncode:
        sys.exit(f"{case.name}: stanch ended with {run.returncode}")
    return out


def main():
    cases = battery()
    bad = 0
    if len(cases) != 43:
        sys.exit(f"{len(cases)} cases, not 43")
    for one in [*cases, *further()]:
        share = leaked(one.form, stanch(one))
        if (share > MASKED) != (one.name in OPEN):
            bad += 1
            print(f"{'leaks' if share > MASKED else 'does not leak'}: "
                  f"{one.name}: {share:.0%} can be read")
    print(f"{len(cases)} ways and {len(list(further()))} more: "
          f"{bad} not as expected, {len(OPEN)} known to leak")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
