#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A writer of reftables, after git's technical documentation of the format,
for tests on machines whose git has none.

    reftable.py GIT-DIR [BLOCK-SIZE]

makes a repository whose refs are files one whose refs are in tables, its
linked worktrees too.  There are two tables: what the first says of some names
and of one entry of a reflog the second takes back."""

import pathlib
import shutil
import struct
import subprocess
import sys
import zlib

RESTARTS = 16  # each so many records a key is whole


def varint(n):
    out = [n & 0x7f]
    while n >> 7:
        n = (n >> 7) - 1
        out.insert(0, 0x80 | (n & 0x7f))
    return bytes(out)


def text(s):
    return varint(len(s)) + s


def shared(a, b):
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n


class Block:
    """Records with sorted keys; `front` bytes of the file come before."""

    def __init__(self, kind, front):
        self.kind, self.front = kind, front
        self.body, self.restarts = b"", []
        self.count, self.last = 0, b""

    def added(self, key, what, value):
        n = shared(self.last, key) if self.count % RESTARTS else 0
        return n, varint(n) + varint(len(key) - n << 3 | what) + key[n:] + value

    def size(self, more=b""):
        return (self.front + 4 + len(self.body) + len(more) +
                3 * len(self.restarts) + 3 + 2)

    def add(self, key, what, value):
        n, record = self.added(key, what, value)
        if n == 0:
            self.restarts.append(self.front + 4 + len(self.body))
        self.body += record
        self.last = key
        self.count += 1

    def bytes(self):
        end = b"".join(r.to_bytes(3, "big") for r in self.restarts)
        body = self.body + end + struct.pack(">H", len(self.restarts))
        size = self.front + 4 + len(body)
        head = self.kind + size.to_bytes(3, "big")
        return head + (zlib.compress(body) if self.kind == b"g" else body)


class Writer:
    """The bytes of a table; ids are 20 or 32 of them."""

    def __init__(self, least, most, ids, block):
        self.block, self.least = block, least
        self.head = (b"REFT" + bytes([2 if ids == 32 else 1]) +
                     block.to_bytes(3, "big") + struct.pack(">QQ", least, most))
        if ids == 32:
            self.head += b"s256"
        self.out = self.head

    def pad(self):
        if self.block and self.out != self.head:
            self.out += b"\0" * (-len(self.out) % self.block)

    def front(self):
        return len(self.head) if self.out == self.head else 0

    def section(self, kind, records, most, aligned):
        """Blocks of records, an index if there are several: both places."""
        if not records:
            return 0, 0
        begun, blocks = None, []
        block = None
        for record in records + [None]:
            if record and block and block.size(
                    block.added(*record)[1]) <= most:
                block.add(*record)
                continue
            if block:
                if aligned:
                    self.pad()
                at = 0 if block.front else len(self.out)
                if begun is None:
                    begun = len(self.out)
                blocks.append((block.last, at if kind == b"r" else
                               len(self.out)))
                self.out += block.bytes()
            if record:
                block = Block(kind, len(self.head) if not blocks and
                              self.out == self.head else 0)
                block.add(*record)
        if len(blocks) < 2:
            return begun, 0
        if aligned:
            self.pad()
        index = Block(b"i", 0)
        at = len(self.out)
        for key, where in blocks:
            index.add(key, 0, varint(where))
        self.out += index.bytes()
        return begun, at

    def ref_record(self, name, value):
        delta = varint(0)
        if value is None:
            return name, 0, delta
        if isinstance(value, tuple):
            return name, 2, delta + value[0] + value[1]
        if value.startswith(b"refs/"):
            return name, 3, delta + text(value)
        return name, 1, delta + value

    def log_record(self, name, index, entry):
        key = name + b"\0" + struct.pack(">Q", 2**64 - 1 - index)
        if entry is None:
            return key, 0, b""
        old, new, who, mail, time, zone, why = entry
        return key, 1, (old + new + text(who) + text(mail) + varint(time) +
                        struct.pack(">h", zone) + text(why))


def table(refs, logs, least, most, ids=20, block=4096):
    """refs: name -> id, (id, peeled), name of another, None: deleted;
    logs: (name, index) -> (old, new, who, mail, time, zone, why) or None."""
    w = Writer(least, most, ids, block)
    size = block or 1024
    _, ref_index = w.section(b"r", [w.ref_record(*r) for r in
                                    sorted(refs.items())], size, bool(block))
    records = sorted(w.log_record(name, index, e)
                     for (name, index), e in logs.items())
    log, log_index = w.section(b"g", records, 2 * size, False)
    foot = w.head + struct.pack(">QQQQQ", ref_index, 0, 0, log or 0, log_index)
    return w.out + foot + struct.pack(">I", zlib.crc32(foot))


def stack(directory, tables):
    """tables: (bytes, least, most), the oldest first."""
    directory.mkdir(exist_ok=True)
    names = []
    for i, (data, least, most) in enumerate(tables):
        names.append(f"0x{least:012x}-0x{most:012x}-{i:08x}.ref")
        (directory / names[-1]).write_bytes(data)
    (directory / "tables.list").write_text("".join(n + "\n" for n in names))


# ---- a repository ----

def log_entry(line):
    ids, why = line.split(b"\t", 1) if b"\t" in line else (line, b"")
    old, new, who = ids.split(b" ", 2)
    who, when = who.rsplit(b"> ", 1)
    name, mail = who.split(b" <", 1)
    time, zone = when.split(b" ")
    return (bytes.fromhex(old.decode()), bytes.fromhex(new.decode()), name,
            mail, int(time), int(zone), why + b"\n" if why else b"")


def read_logs(git, of):
    """The entries of the files `of`, each with an index of its own."""
    lines = []
    for name, path in of:
        if path.is_file():
            lines += [(name, log_entry(s)) for s in
                      path.read_bytes().splitlines()]
    lines.sort(key=lambda v: v[1][4])
    return {(name, i + 1): e for i, (name, e) in enumerate(lines)}


def head_of(path):
    value = path.read_bytes().strip()
    return (value[5:] if value.startswith(b"ref: ") else
            bytes.fromhex(value.decode()))


def read_refs(git):
    refs = {}
    form = "%(refname) %(objectname) %(*objectname) %(symref)"
    for line in subprocess.run(["git", "--git-dir", git, "for-each-ref",
                                "--format", form], check=True,
                               capture_output=True).stdout.splitlines():
        name, target, peeled, symbolic = line.split(b" ")
        target = bytes.fromhex(target.decode())
        refs[name] = (symbolic or (peeled and (target, bytes.fromhex(
            peeled.decode()))) or target)
    return refs


def two_tables(refs, logs, ids, block):
    """What holds, the first table without half of it, and with more."""
    top = max([i for _, i in logs], default=1)
    some = next((v for v in refs.values() if not isinstance(v, tuple) and
                 not v.startswith(b"refs/")), None)
    first = {n: v for i, (n, v) in enumerate(sorted(refs.items())) if i % 2}
    second = {n: v for n, v in refs.items() if n not in first}
    entry = dict(list(logs.items())[::2])
    rest = {k: e for k, e in logs.items() if k not in entry}
    if some:
        first[b"refs/heads/was-deleted"] = some
        second[b"refs/heads/was-deleted"] = None
        for name in list(second)[:2]:
            first.setdefault(name, some)
        entry[b"refs/heads/was-deleted", top + 1] = (
            some, some, b"A", b"a@b", 1, 0, b"dropped\n")
        rest[b"refs/heads/was-deleted", top + 1] = None
    last = top + 2
    return [(table(first, entry, 1, top + 1, ids, block), 1, top + 1),
            (table(second, rest, last, last, ids, block), last, last)]


def convert(git, block):
    git = pathlib.Path(git)
    ids = 32 if "sha256" in (git / "config").read_text() else 20
    refs = read_refs(git)
    logs = [(str(p.relative_to(git / "logs")).encode(), p) for p in
            sorted((git / "logs").rglob("*")) if p.is_file()]
    for name in ("HEAD", "ORIG_HEAD"):
        if (git / name).is_file():
            refs[name.encode()] = head_of(git / name)
    stack(git / "reftable", two_tables(refs, read_logs(git, logs), ids, block))
    for tree in (git / "worktrees").glob("*"):
        own = read_logs(git, [(b"HEAD", tree / "logs" / "HEAD")])
        most = max([i for _, i in own], default=1)
        stack(tree / "reftable", [(table({b"HEAD": head_of(tree / "HEAD")},
                                         own, 1, most, ids, block), 1, most)])
        shutil.rmtree(tree / "logs", ignore_errors=True)
        (tree / "ORIG_HEAD").unlink(missing_ok=True)
        (tree / "HEAD").write_text("ref: refs/heads/.invalid\n")
    subprocess.run(["git", "--git-dir", git, "config",
                    "core.repositoryformatversion", "1"], check=True)
    subprocess.run(["git", "--git-dir", git, "config",
                    "extensions.refStorage", "reftable"], check=True)
    for name in ("logs", "refs"):
        shutil.rmtree(git / name, ignore_errors=True)
    for name in ("packed-refs", "ORIG_HEAD"):
        (git / name).unlink(missing_ok=True)
    (git / "refs").mkdir()
    (git / "refs" / "heads").write_text("refs are in tables\n")
    (git / "HEAD").write_text("ref: refs/heads/.invalid\n")


if __name__ == "__main__":
    convert(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4096)
