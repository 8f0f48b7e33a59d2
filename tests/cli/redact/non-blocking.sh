#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Descriptors that do not block, a slow writer and a slow reader.
cat >drive.py <<'END'
import os, subprocess, threading, time
r0, w0 = os.pipe()
r1, w1 = os.pipe()
os.set_blocking(r0, False)
os.set_blocking(w1, False)
p = subprocess.Popen(["stanch", "redact", "--no-builtin", "-r",
    "../rules.toml"], stdin=r0, stdout=w1)
os.close(r0), os.close(w1)
text = b"".join(b"%07d tone_70395286 and some words\n" % i
    for i in range(200000))
def write():
    view = memoryview(text)
    for i in range(0, len(text), 700001):
        part = view[i:i + 700001]
        while part:
            part = part[os.write(w0, part):]
        time.sleep(0.05)
    os.close(w0)
threading.Thread(target=write).start()
got, turns = b"", 0
while part := os.read(r1, 300007):
    got += part
    turns += 1
    if turns % 8 == 0:
        time.sleep(0.02)
assert got == text.replace(b"tone_70395286", b"[REDACTED:test-one]")
print("status", p.wait())
END
python3 drive.py
