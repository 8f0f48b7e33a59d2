#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Whoever does not read stops us from reading: no more than two pipes and one
# buffer are ever on their way.
cat >drive.py <<'END'
import fcntl, os, select, subprocess
p = subprocess.Popen(["stanch", "redact", "--no-cache"],
                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
fd = p.stdin.fileno()
fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
line = b"a line like any other\n" * 3000
total = 0
while total < 64 << 20 and select.select([], [fd], [], 3)[1]:
    try:
        total += os.write(fd, line)
    except BlockingIOError:
        pass
print("more than 4 MiB" if total > 4 << 20 else "at most 4 MiB")
print("nothing" if total < 100 << 10 else "more than nothing")
p.stdin.close()
print("lost" if len(p.stdout.read()) != total else "all of it came", p.wait())
END
python3 drive.py
