#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Secrets in every format, at every depth, in every position; then archives
that are cut, changed or made to explode.  Each secret must be found, or, where
it was destroyed, a gap must name the file.  The files are made here."""
import bz2
import gzip
import itertools
import json
import lzma
import os
import re
import resource
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib

sys.dont_write_bytecode = True	# what is imported next is no program
from archive_formats import (  # noqa: E402
    CODECS, CONTAINERS, FLAT, HOLDERS, TELLS, git_pack, tar)

STANCH = os.path.join(os.environ.get("BUILD", "build"), "stanch")
RULES = """[[rules]]
id = "test-one"
description = "Test"
regex = '''\\btone_[0-9]{8}\\b'''
confidence = "shaped"
impact = "high"
positive = ["tone_{{digit:8}}"]
"""
NOISE = b"".join(b"%d a line of text\n" % i for i in range(300))
count = itertools.count(10000000)
accounts = []
failures = []
passed = 0


def token():
    return b"tone_%d\n" % next(count)


def ok(what, good, why=""):
    global passed
    if good:
        passed += 1
    else:
        failures.append(what)
        print("FAIL", what, why)


def stanch(path, *options):
    return subprocess.run(
        [STANCH, "scan", "--no-builtin", "-r", os.path.join(work, "rules"),
         "--no-cache", "--show-secrets", "-f", "jsonl",
         "--explain-coverage", *options, path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def jobs(path):
    """A directory, and one archive of it: the report is the same, byte for
    byte, for every number of jobs."""
    one = path + ".tar.gz"
    with tarfile.open(one, "w:gz", compresslevel=1) as t:
        t.add(path, "all")
    for what in path, one:
        reports = []
        for n in "1", "2", "5":
            run = stanch(what, "-j", n)
            reports.append((run.returncode, re.sub(
                rb'"seconds":[0-9.]+', b"", run.stdout)))
        ok("jobs: lines of " + what, reports[0][1].count(b"\n") > 400)
        for report in reports[1:]:
            ok("jobs: " + what, report == reports[0])
    os.remove(one)


def scan(directory, *options):
    run = stanch(directory, *options)
    found, gaps, apart = {}, {}, {}
    for line in run.stdout.splitlines():
        r = json.loads(line)
        if r["type"] == "finding":
            found.setdefault(r["path"].split("!")[0].split("/")[-1],
                             {})[r["secret"]] = r["path"]
        elif r["type"] == "gap":
            gaps.setdefault(r["path"].split("!")[0].split("/")[-1],
                            []).append(r["reason"])
        elif r["type"] == "apart":
            path = r["path"].split("!")[0]
            apart[path] = apart.get(path, 0) + r["bytes"]
        elif r["type"] == "coverage":
            account(r, apart.pop(r["path"], 0))
    return run.returncode, found, gaps


def account(r, apart):
    """Each byte of a file is decoded or scanned, or a gap says why not."""
    accounts.append(r["path"])
    ok("account: " + r["path"],
       r["bytes"] == os.path.getsize(r["path"]) and
       r["bytes"] == r["decoded"] + r["raw"] + r["unread"] and
       r["headers"] + r["apart"] == r["raw"] and not r["unread"] and
       apart in (0, r["apart"]), r)
    if r["path"].endswith(".hidden"):
        ok("hidden: " + r["path"], r["hidden"] == 1, r)


def directory(name, files):
    path = os.path.join(work, name)
    os.mkdir(path)
    for n, data in files.items():
        with open(os.path.join(path, n), "wb") as f:
            f.write(data)
    return path


def grid():
    """Container or codec, in the others, in all positions."""
    files, want = {}, {}

    def plant(name, make, *clean):
        secret = token()
        files[name] = make(secret)
        want[name] = (secret.decode().strip(), not clean)

    def members(data, name="d/member"):
        return [("d/first", NOISE), (name, data), ("d/last", NOISE)]

    for name, make in CONTAINERS.items():
        for other in (None, *CODECS):
            def packed(data, make=make, name=name, other=other):
                m = members(data)
                if name in FLAT:
                    m = [(n.replace("d/", ""), x) for n, x in m]
                data = make(m)
                return CODECS[other](data) if other else data
            plant(f"{name}.{other}.member", lambda s, p=packed:
                  p(NOISE + s + NOISE))
        m = [("a", NOISE), ("b", NOISE)]
        plant(f"{name}.tail", lambda s, x=make, m=m: x(m) + b"\0" + s, 1)
        if name.startswith("zip"):
            plant(f"{name}.prefix", lambda s, x=make, m=m: s + x(m))
            plant(f"{name}.hidden", lambda s, x=make:
                  hide(x([("a", NOISE), ("b", NOISE + s)])))
            plant(f"{name}.twice", lambda s, x=make, m=m:
                  x(m) + b"between" + x([("c", s)]))
        if name.startswith("tar"):
            plant(f"{name}.twice", lambda s, x=make, m=m:
                  x(m) + x([("c", s)]))
            plant(f"{name}.name", lambda s, x=make:
                  x([("a", b""), (s.decode().strip(), NOISE)]))
            plant(f"{name}.deleted-layer", lambda s, x=make: x([
                ("1/layer.tar", x([("etc/key", s)])),
                ("2/layer.tar", x([("etc/.wh.key", b"")]))]))
    for name, make in (CODECS | HOLDERS).items():
        plant(f"{name}.content", lambda s, x=make: x(NOISE + s + NOISE))
        if name not in ("compress", "lzma"):
            plant(f"{name}.tail", lambda s, x=make: x(NOISE) + s, 1)
            plant(f"{name}.between", lambda s, x=make:
                  x(NOISE) + b"\n" + s + x(NOISE), 1)
            plant(f"{name}.behind", lambda s, x=make:
                  x(NOISE) + b"garbage" + x(NOISE + s), 1)
    outer = list(CONTAINERS)
    for i, depth in itertools.product(range(len(outer)), range(2, 9)):
        def deep(data, i=i, depth=depth):
            for k in range(depth):
                name = outer[(i + 5 * k) % len(outer)]
                if depth < 7 and k % 2:
                    data = CODECS[list(CODECS)[(i + k) % 8]](data)
                data = CONTAINERS[name]([("m%d" % k, data)])
            return data
        plant(f"deep.{i}.{depth}", lambda s, d=deep: d(NOISE + s))
    path = directory("grid", files)
    status, found, gaps = scan(path)
    ok("grid: status", status in (1, 5), status)
    for name, (secret, whole) in want.items():
        ok(f"grid: {name}", secret in found.get(name, {}) and
           not (whole and name in gaps), gaps.get(name, ""))
    jobs(path)
    print(f"grid: {len(files)} files")


def hide(data):
    """Takes the last member out of the central directory of a zip."""
    at = data.rindex(b"PK\1\2")
    end = data.rindex(b"PK\5\6")
    return data[:at] + data[end:]


def damage():
    """Cut at every 1/64th, and each byte of the trailer changed."""
    files, want = {}, set()
    secret = token()
    sources = {n: make([("a", NOISE), ("b", NOISE), ("c", secret)])
               for n, make in CONTAINERS.items()}
    sources.update({n: make(NOISE + secret) for n, make in
                    (CODECS | HOLDERS).items()})
    for name, data in sources.items():
        for i in range(1, 64):
            at = len(data) * i // 64
            files[f"{name}.cut.{i}"] = data[:at]
            # Less than a header tells nothing; .Z has no end; between two
            # members of gzip is one.
            if (at > TELLS.get(name.split("-")[0], 70) and
                    name not in ("compress", "gzip-members")):
                want.add(f"{name}.cut.{i}")
        for i in range(1, 9):
            if name.split("-")[0] in ("gzip", "bzip2", "xz"):
                files[f"{name}.flip.{i}"] = (
                    data[:-i] + bytes([data[-i] ^ 0x40]) + data[len(data) -
                                                                i + 1:])
                want.add(f"{name}.flip.{i}")
    path = directory("damage", files)
    _, found, gaps = scan(path)
    text = secret.decode().strip()
    for name in sorted(want):
        ok(f"damage: {name}", name in gaps or text in found.get(name, {}))
    jobs(path)
    print(f"damage: {len(files)} files")


def local(name, packed, size, method=8):
    """The header of a member of a zip."""
    return struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, method, 0, 0x5a21,
                       0, packed, size, len(name), 0) + name


def quoted(n):
    """n members that overlap: each is its own header, which the one before
    quotes in a stored block, and all that follows."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = kernel.compress(bytes(10 << 20)) + kernel.flush()
    out, left, head = [], len(data), local(b"%06d" % n, len(data), 10 << 20)
    for i in reversed(range(n)):
        out.append(struct.pack("<BHH", 0, len(head), len(head) ^ 0xffff) +
                   head)
        left += len(out[-1])
        head = local(b"%06d" % i, left, (10 << 20) + len(out) * len(head))
    return head + b"".join(reversed(out)) + data


def overlapping(n):
    """A directory that names one member n times."""
    data = CONTAINERS["zip"]([("a", bytes(10 << 20))])
    at, end = data.rindex(b"PK\1\2"), data.rindex(b"PK\5\6")
    return data[:at] + data[at:end] * n + data[end:]


def bombs():
    zeros = bytes(50 << 20)
    files = {"zeros.gz": gzip.compress(bytes(200 << 20))}
    data = zeros
    for _ in range(6):
        make = CONTAINERS["zip"]
        data = make([("z%d" % i, data) for i in range(16)])
    files["copies.zip"] = data
    files["quoted.zip"] = quoted(5000)
    files["overlapping.zip"] = overlapping(5000)
    files["empty.zip"] = CONTAINERS["zip-stored"](
        [("%d" % i, b"") for i in range(50000)])
    files["lies.zip"] = local(b"a", 0xfffffff0, 10, 0) + NOISE
    files["zeros.bz2"] = bz2.compress(bytes(200 << 20))
    files["zeros.xz"] = lzma.compress(bytes(200 << 20), preset=0)
    data = zeros
    for _ in range(30):
        data = gzip.compress(data)
    files["deep.gz"] = data
    path = directory("bombs", files)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    status, found, gaps = scan(path, "-j", "1")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    ok("bombs: status", status == 4, status)
    ok("bombs: nothing found", not found)
    ok("bombs: copies are scanned whole", "copies.zip" not in gaps)
    ok("bombs: a long one is scanned whole", "zeros.gz" not in gaps)
    ok("bombs: too deep is a gap", gaps.get("deep.gz") == ["over-limit"],
       gaps)
    for name in "quoted.zip", "overlapping.zip", "lies.zip":
        ok("bombs: " + name, set(gaps.get(name, [])) <= {
            "corrupt", "over-limit"} and name in gaps, gaps.get(name))
    for name in "empty.zip", "zeros.bz2", "zeros.xz":
        ok("bombs: whole: " + name, name not in gaps)
    ok("bombs: time", after.ru_utime - before.ru_utime < 60)
    ok("bombs: memory", after.ru_maxrss < 256 << 10, after.ru_maxrss)


def seeds_of_image(path):
    """A byte for a place, one for a length, and a text each."""
    one, two = "a" * 64, "b" * 64
    layer = {"digest": "sha256:" + one}
    texts = [
        (0, [{"Config": "blobs/sha256/" + two, "RepoTags": ["n:1"],
              "Layers": [one + "/layer.tar", "blobs/sha256/" + one]}]),
        (1, {"manifests": [{"digest": "sha256:" + two, "platform": {
            "os": "linux", "architecture": "a", "variant": "b"}}]}),
        (2, {"config": {"Env": ["A=b"], "Labels": {"c": "d"}}}),
        (3, {"config": layer, "layers": [layer, {"digest": "sha256:" + two}]}),
    ]
    os.makedirs(path, exist_ok=True)
    out = b""
    for place, value in texts:
        text = json.dumps(value).encode()
        out += bytes([place, len(text) // 8 + 1]) + text.ljust(
            (len(text) // 8 + 1) * 8)
    out += b"\4\2a/.wh.b\0\n123456"
    with open(os.path.join(path, "seed"), "wb") as f:
        f.write(out)


def seeds(path):
    """Small ones of all kinds, for the fuzzer; it takes a byte from them."""
    os.makedirs(path, exist_ok=True)
    line = b"a line\n" * 10
    files = {name: make([("a", line), ("b", line + b"x")])
             for name, make in CONTAINERS.items()}
    for name, codec in (CODECS | HOLDERS).items():
        files[name] = codec(line)
        files[name + "-twice"] = codec(line) + b"between" + codec(line)
        files[name + "-deep"] = codec(CONTAINERS["zip-one-way"](
            [("a", codec(line))]))
    for name, data in files.items():
        with open(os.path.join(path, "seed-" + name), "wb") as f:
            f.write(b"\7" + data)
    seeds_of_image(os.path.join(path, "../image"))
    os.makedirs(os.path.join(path, "../heldpack"), exist_ok=True)
    with open(os.path.join(path, "../heldpack/seed"), "wb") as f:
        f.write(b"\0" + git_pack([("a", line), ("b", line + b"x")]))


if sys.argv[1:2] == ["--seeds"]:
    seeds(sys.argv[2])
    sys.exit()
with tempfile.TemporaryDirectory() as work:
    with open(os.path.join(work, "rules"), "w", encoding="ascii") as rules:
        rules.write(RULES)
    grid()
    damage()
    bombs()
ok("an account of each file", len(accounts) == len(set(accounts)) > 1700)
print(f"{passed} passed, {len(failures)} failed")
sys.exit(1 if failures or not passed else 0)
