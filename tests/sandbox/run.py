#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What decoders in the sandbox may not do, and what their end costs.

usage: run.py BUILD     with BUILD/stanch and BUILD/sandbox/stanch, whose
                        decoders do what the name of a member says (probe.h)

What kernels refuse is asked for and must be refused; strace sees what a worker
calls from when it is confined to its end; a worker that crashes, hangs, eats or
is killed costs one gap and nothing else.
"""
import gzip
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

BUILD = os.path.abspath(sys.argv[1])
STANCH = BUILD + "/stanch"
PROBE = BUILD + "/sandbox/stanch"
WORK = tempfile.mkdtemp(prefix="stanch-sandbox-")
ASAN = b"__asan_init" in open(STANCH, "rb").read()
SECRETS = subprocess.run(
    [STANCH, "rules", "example", "github-pat", "--seed", "1"],
    check=True, capture_output=True).stdout
passed, failed = 0, 0
lock = threading.Lock()


def check(what, good, seen=""):
    global passed, failed
    with lock:
        if good:
            passed += 1
            return
        failed += 1
        print(f"FAIL {what}\n     {str(seen)[-1500:]}", flush=True)


def tar(name, members, packed=True):
    """A tar of members; returns its path."""
    path = f"{WORK}/{name}"
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as t:
        for member, data in members:
            info = tarfile.TarInfo(member)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    data = raw.getvalue()
    with open(path, "wb") as f:
        f.write(gzip.compress(data, 1, mtime=0) if packed else data)
    return path


class Report:
    """A scan as the program tells of it."""

    def __init__(self, program, *args, stdin=None):
        done = subprocess.run(
            [program, "scan", "--no-cache", "-f", "jsonl", *args],
            stdin=stdin, capture_output=True, timeout=300, check=False)
        self.status, self.err = done.returncode, done.stderr.decode()
        self.out = done.stdout
        lines = [json.loads(s) for s in done.stdout.splitlines()]
        self.places = sorted(x["path"] for x in lines
                             if x["type"] == "finding")
        self.gaps = [x for x in lines if x["type"] == "gap"]

    def __str__(self):
        return (f"status {self.status}, {self.places}, {self.gaps}, "
                f"{self.err}")


def around(member):
    """What is behind needs memory, which may be gone."""
    return [("before", SECRETS), (member, b"x" * 300),
            ("behind.gz", gzip.compress(b"y" * 9999)), ("behind", SECRETS)]


# ---- what it may not ----

CALLS = ("open openat2 create socket socketpair exec fork ptrace kill tgkill "
         "code mprotect write unlink prlimit dumpable readv").split()


def refused():
    calls = [c for c in CALLS if not (ASAN and c == "write")]
    members = [("try-" + c, b"x") for c in calls] + [("behind", SECRETS)]
    report = Report(PROBE, tar("try.tgz", members))
    told = {x["detail"].split(":")[0]: x["detail"] for x in report.gaps}
    for call in calls:
        check(f"{call} is refused",
              told.get(call) == call + ": Operation not permitted", report)
    check("what is refused costs nothing else",
          report.places == [f"{WORK}/try.tgz!behind"], report)


def landlock_alone():
    """Landlock, without the seccomp that leaves it nothing to do."""
    program = WORK + "/landlock"
    with open(program + ".c", "w", encoding="ascii") as f:
        f.write('#include <errno.h>\n#include <fcntl.h>\n'
                '#include "sandbox/confine.h"\n'
                'int main(void) {\n'
                '  if (open("/etc/passwd", O_RDONLY) < 0) return 2;\n'
                '  if (!confine_files()) return 3;\n'
                '  if (open("/etc/passwd", O_RDONLY) >= 0) return 4;\n'
                '  if (errno != EACCES) return 5;\n'
                '  return open("/tmp/x", O_WRONLY | O_CREAT, 0600) >= 0;\n}\n')
    subprocess.run(["cc", "-D_GNU_SOURCE", "-Isrc", "-Iinclude", "-o", program,
                    program + ".c", "src/sandbox/confine.c"], check=True)
    status = subprocess.run([program], check=False).returncode
    check("Landlock alone opens no file", status == 0, f"status {status}")


MAY = ("recvfrom sendto mmap munmap mremap brk madvise futex clock_gettime "
       "getrandom exit_group").split()
if ASAN:
    MAY += ["mprotect", "sigaltstack", "sched_yield", "getpid", "gettid"]


def traced():
    """From seccomp() to its end a worker calls nothing but these."""
    log = WORK + "/strace"
    probe = subprocess.run(["strace", "-o", log, "true"], capture_output=True,
                           check=False)
    if probe.returncode != 0:
        check("strace can trace, which the next check needs; allow ptrace "
              "(CAP_SYS_PTRACE, or kernel.yama.ptrace_scope=0)", False,
              probe.stderr.decode())
        return
    data = random.Random(1).randbytes(3 << 20)
    path = tar("traced.tgz", [("a", SECRETS), ("b.gz", gzip.compress(SECRETS)),
                              ("c", data)])
    subprocess.run(["strace", "-f", "-o", log, STANCH, "scan", "--no-cache",
                    "-q", path, path], check=False,
                   env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    confined, calls = set(), {}
    for line in open(log, encoding="utf-8", errors="replace"):
        pid, text = line.split(None, 1)
        name = re.match(r"(?:<\.\.\. )?(\w+)", text)
        if "seccomp(SECCOMP_SET_MODE_FILTER" in text:
            confined.add(pid)
            calls[pid] = set()
        elif pid in confined and name and text[0] not in "+-":
            calls[pid].add(name.group(1))
    calls = {pid: seen - {"seccomp"} for pid, seen in calls.items()}
    check("strace sees workers", len(confined) >= 1 and
          all("recvfrom" in seen for seen in calls.values()), calls)
    for seen in calls.values():
        check("a worker opens, connects and starts nothing",
              seen <= set(MAY), seen - set(MAY))


# ---- what the kernel has not got ----

def lacking():
    """It goes on with a word, or refuses to when it must not."""
    program = WORK + "/lacking"
    subprocess.run(["cc", "-D_GNU_SOURCE", "-o", program,
                    "tests/sandbox/lacking.c"], check=True)
    path = tar("lacking.tgz", [("a", SECRETS)])
    for what, word in (("landlock", "Landlock"), ("seccomp", "seccomp"),
                       ("fork", "archives are decoded in the process")):
        for must in (False, True):
            done = subprocess.run(
                [program, what, STANCH, "scan", "--no-cache", "-o", WORK +
                 "/none", *(["--require-sandbox"] if must else []), path],
                capture_output=True, check=False)
            err = done.stderr.decode()
            check(f"without {what}, {'required' if must else 'auto'}",
                  done.returncode == (2 if must else 1) and
                  ("no sandbox: " in err if must else word in err and
                   "warning: " in err), (done.returncode, err))
    report = Report(STANCH, "--require-sandbox", path)
    check("here it can be required", report.status == 1 and not report.err,
          report)
    report = Report(STANCH, "--require-sandbox", "--sandbox", "off", path)
    check("off and required exclude each other", report.status == 2 and
          "exclude each other" in report.err, report)


# ---- what its end costs ----

def lost(what, member, reason, kind="crashed", args=()):
    """One gap, and all that can be found is."""
    name = f"{member}.tar"
    path = tar(name, around(member), packed=False)
    packed = tar(name + ".gz", around(member))
    other = tar("other-" + name + ".gz", [("fine", SECRETS)])
    report = Report(PROBE, "-j1", *args, path, packed, other)
    gaps = [(x["path"], x["reason"]) for x in report.gaps]
    check(f"{what}: one gap a file",
          gaps == [(path, kind), (packed, kind)], report)
    check(f"{what}: its reason", all(reason in x["detail"]
                                     for x in report.gaps), report)
    check(f"{what}: status", report.status == 5, report)
    # As it is the tar holds both; what was decoded before may be there, too.
    raw = [p for p in report.places if p == path]
    check(f"{what}: scanned as it is", len(raw) == 2, report)
    check(f"{what}: the next file", other + "!fine" in report.places, report)


def ends():
    for sig in ("SEGV", "ABRT", "ILL", "FPE", "BUS"):
        lost(f"SIG{sig}", f"crash-{sig}", f"crashed (SIG{sig})")
    lost("SIGKILL", "crash-KILL", "killed (SIGKILL)")
    lost("no order", "break-order", "sent what it may not")
    lost("a text of two lines", "break-text", "sent what it may not")
    lost("noise", "break-noise", "sent what it may not")
    lost("going away", "break-off", "went away")


def spins():
    lost("no end of work", "spin", "takes too long", "over-limit",
         ("--decoder-seconds", "1"))


def hangs():
    lost("a worker that hangs", "sleep", "hung", "crashed",
         ("--decoder-seconds", "3"))


def eats():
    if ASAN:
        return          # its shadow is larger than any limit
    lost("no end of memory", "eat", "more memory than it may have",
         "over-limit", ("--decoder-memory", "96M"))


def stream():
    """What cannot be read again: from where it was, all that is left."""
    path = tar("stream.tar", around("crash-SEGV"), packed=False)
    with open(path, "rb") as f:
        report = Report(PROBE, "-", stdin=f)
    check("a stream that is lost is scanned as it is",
          len(report.gaps) == 1 and report.status == 5 and
          report.places.count("stdin") == 2, report)


def hunted():
    """Workers are killed at random: each time a gap, never less found."""
    rng = random.Random(2)
    paths = [tar(f"hunted{i}.tar", [("first", SECRETS),
             ("body", rng.randbytes(8 << 20)), ("last", SECRETS)],
             packed=False) for i in range(12)]
    p = subprocess.Popen([STANCH, "scan", "--no-cache", "-f", "jsonl", "-j2",
                          *paths], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    killed = 0
    while p.poll() is None and killed < 6:
        time.sleep(0.02)
        for pid in decoders(p.pid):
            try:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
    out, err = p.communicate()
    lines = [json.loads(s) for s in out.splitlines()]
    gaps = [x for x in lines if x["type"] == "gap"]
    check("workers were there to be killed", killed > 0, err)
    check("each that is killed costs one gap at most",
          len(gaps) <= killed and
          all(x["reason"] == "crashed" for x in gaps), gaps)
    for path in paths:
        found = [x for x in lines if x["type"] == "finding" and
                 x["path"].startswith(path)]
        check("both secrets are found all the same", len(found) >= 2, found)


def orphaned():
    """The process that forks workers is killed: gaps, and an end."""
    rng = random.Random(3)
    paths = [tar(f"orphan{i}.tar", [("first", SECRETS),
             ("body", rng.randbytes(8 << 20))], packed=False)
             for i in range(8)]
    p = subprocess.Popen([STANCH, "scan", "--no-cache", "-f", "jsonl", "-j2",
                          *paths], stdout=subprocess.PIPE)
    for _ in range(500):
        if decoders(p.pid):
            break
        time.sleep(0.01)
    for child in children(p.pid):
        os.kill(child, signal.SIGKILL)
    try:
        out = p.communicate(timeout=120)[0]
    except subprocess.TimeoutExpired:
        p.kill()
        out = b""
    lines = [json.loads(s) for s in out.splitlines()]
    gaps = [x for x in lines if x["type"] == "gap"]
    found = {x["path"].split("!")[0] for x in lines if x["type"] == "finding"}
    check("without the process that forks them files are scanned as they are",
          p.returncode == 5 and found == set(paths) and
          gaps and all(x["reason"] == "crashed" for x in gaps),
          (p.returncode, found, gaps))


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
        return [int(x) for x in f.read().split()]


def decoders(pid):
    """Processes two below pid: those that its zygote forked."""
    try:
        return [x for c in children(pid) for x in children(c)]
    except OSError:
        return []


def all_end():
    """Killed, the program leaves no process behind."""
    path = tar("sleep-end.tgz", [("sleep", b"x")])
    p = subprocess.Popen([PROBE, "scan", "--no-cache", "-q", path])
    pids = []
    for _ in range(500):
        pids = decoders(p.pid)
        if pids:
            break
        time.sleep(0.01)
    pids += children(p.pid)
    p.kill()
    p.wait()
    for _ in range(500):
        left = [x for x in pids if os.path.exists(f"/proc/{x}") and
                "Z" not in open(f"/proc/{x}/stat").read().split(")")[1][:3]]
        if not left:
            break
        time.sleep(0.01)
    check("no process is left behind", pids and not left, (pids, left))


# ---- with and without ----

def same():
    """The report does not tell whether there was a sandbox."""
    tree = WORK + "/tree"
    subprocess.run([sys.executable, "tests/archive-matrix.py", "--seeds",
                    tree], check=True)
    tar("tree/plain.tgz", [("a", SECRETS), ("b.gz", gzip.compress(SECRETS))])
    with open(tree + "/open", "wb") as f:
        f.write(SECRETS + b"\n" * 300000 + gzip.compress(SECRETS) + SECRETS)
    reports = [Report(STANCH, "--sandbox", s, "-j", j, tree)
               for s in ("auto", "off") for j in ("1", "3")]
    texts = [re.sub(rb'"seconds":[0-9.e-]+', b"", r.out) for r in reports]
    check("the report is the same with and without",
          len(set(texts)) == 1 and reports[0].places, reports[0].err)


def main():
    parts = [refused, landlock_alone, traced, lacking, ends, spins, hangs, eats, stream,
             hunted, orphaned, all_end, same]
    wanted = [p for p in parts if not sys.argv[2:] or
              p.__name__ in sys.argv[2:]]
    for part in wanted:
        part()
    subprocess.run(["rm", "-rf", WORK], check=True)
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


if __name__ == "__main__":
    sys.exit(main())
