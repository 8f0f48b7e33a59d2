#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds of the git targets below the directory given: what real git writes,
and parts put together as the targets take them apart."""

import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import reftable  # noqa: E402, the writer beside this directory

OUT = pathlib.Path(sys.argv[1])
NAMES = ["config", "packed-refs", "HEAD", "refs/heads/main", "refs/tags/v",
         "logs/HEAD", "logs/refs/heads/main", "index",
         "objects/info/alternates", "ORIG_HEAD"]
OBJECT = 12  # the number of the first loose object


def seed(target, name, data):
    (OUT / target).mkdir(parents=True, exist_ok=True)
    (OUT / target / f"seed-{name}").write_bytes(data)


def repo_seed(name, parts):
    for way in range(3):
        seed("gitrepo", f"{name}-{way}", bytes([way]) + parts)


def git(*args, **more):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent",
           "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A",
           "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "C",
           "GIT_COMMITTER_EMAIL": "c@d",
           "GIT_AUTHOR_DATE": "1767323045 +0100",
           "GIT_COMMITTER_DATE": "1767323045 -0330"}
    return subprocess.run(["git", *args], check=True, env=env,
                          capture_output=True, **more).stdout


def part(what, text):
    return bytes([what]) + struct.pack("<H", len(text)) + text


def an_id(n, size=20):
    return n.to_bytes(size, "big")


def loose(n, kind, body, size=20):
    what = OBJECT + n | (0x40 if size == 32 else 0)
    return part(what, b"%s %d\0" % (kind, len(body)) + body)


def commit(tree, parents=(), size=20):
    lines = [b"tree " + an_id(tree, size).hex().encode()]
    lines += [b"parent " + an_id(p, size).hex().encode() for p in parents]
    return b"\n".join(lines) + (b"\nauthor A <a@b> 1767323045 +0100"
                                b"\ncommitter C <c@d> 5 -0330\n\nmessage\n")


def tag(target, size=20):
    return (b"object " + an_id(target, size).hex().encode() +
            b"\ntype commit\ntag v\ntagger T <t@u> 7 +0000\n\nm\n")


def tree(*entries, size=20):
    return b"".join(mode + b" " + name + b"\0" + an_id(n, size)
                    for mode, name, n in entries)


def made_repository(size):
    """Two commits, a tag, trees inside each other, a link, a stash."""
    head = an_id(5, size).hex().encode()
    config = b"[core]\n\tbare = false\n"
    if size == 32:
        config = b"[extensions]\n\tobjectFormat = sha256\n"
    log = an_id(4, size).hex().encode() + b" " + head + b" A <a@b> 5 +0\tm\n"
    return b"".join([
        part(0, config), part(2, b"ref: refs/heads/main\n"),
        part(3, head + b"\n"),
        part(1, b"# pack-refs\n" + head + b" refs/remotes/o/x\n^" + head +
             b"\n"),
        part(4, an_id(6, size).hex().encode() + b"\n"), part(5, log),
        part(6, log + log),
        loose(1, b"blob", b"a blob", size),
        loose(2, b"tree", tree((b"100644", b"a", 1), size=size), size),
        loose(3, b"tree", tree((b"100644", b"a", 1), (b"40000", b"d", 2),
                               (b"160000", b"link", 9), size=size), size),
        loose(4, b"commit", commit(2, size=size), size),
        loose(5, b"commit", commit(3, [4], size=size), size),
        loose(6, b"tag", tag(5, size), size)])


def bytes_seeds():
    for flag, size in ((0, 20), (0x80, 32)):
        bits = 8 * size
        seed("gitbytes", f"delta-{bits}", bytes([flag, 6, 0]) + b"abcdef" +
             bytes([6, 8, 0x91, 2, 4, 2]) + b"XY" + bytes([0x90, 2]))
        seed("gitbytes", f"commit-{bits}",
             bytes([flag | 1]) + commit(1, [2, 3], size))
        seed("gitbytes", f"tag-{bits}", bytes([flag | 2]) + tag(1, size))
        seed("gitbytes", f"tree-{bits}", bytes([flag | 3]) +
             tree((b"40000", b"d", 1), (b"100755", b"x", 2), size=size))
    seed("gitbytes", "stream", b"\x04" + zlib.compress(b"some text" * 9))
    seed("gitbytes", "link", b"\x05\x43" + 2 * (b"\0\0\0\4\0\0\0\2" +
        ((1 << 33) | 1).to_bytes(8, "big") + b"\0" * 7 + b"\5" + b"\0" * 4))
    seed("gitbytes", "stored", b"\x04" + zlib.compress(b"some text", 0))


def entry(how, which, text):
    return bytes([how, which, len(text)]) + text


def pack_seeds():
    """Wholes, deltas of both kinds on each other, a ring, a foreign base."""
    copy = bytes([0x90, 4, 2]) + b"xy"
    entries = [entry(3, 0, b"some text"), entry(6 | 8, 0, copy),
               entry(7 | 8, 1, copy), entry(7 | 8, 4, copy),
               entry(7 | 8, 3, copy), entry(7, 200, copy),
               entry(1, 0, commit(1)), entry(2, 0, tree((b"100644", b"a", 1)))]
    for how in (0, 2):
        seed("gitpack", f"made-{how}", bytes([how, len(entries)]) +
             b"".join(entries))
        seed("gitpack", f"two-{how}", bytes([how | 4, len(entries)]) +
             b"".join(entries) + bytes([2]) + entry(3, 0, b"more") +
             entry(7 | 8, 0, copy))
    for name, flag in (("longer", 16), ("elsewhere", 32), ("behind", 64),
                       ("again", 128)):
        seed("gitpack", name, bytes([0, 2]) + entry(3, 0, b"some text") +
             entry(3 | flag, 1, b"more of it"))


def real_seeds(scratch, form):
    """What git itself writes: a pack, its index, the index of a tree."""
    repo = os.path.join(scratch, form)
    git("init", "-q", "-b", "main", f"--object-format={form}", repo)
    for i in range(3):
        pathlib.Path(repo, "file").write_text("line\n" * 40 + str(i))
        pathlib.Path(repo, f"f{i}").write_text(str(i))
        git("-C", repo, "add", ".")
        git("-C", repo, "commit", "-q", "-m", str(i))
    for version in (2, 3, 4):
        if version == 3:
            pathlib.Path(repo, "to-add").write_text("x")
            git("-C", repo, "add", "-N", "to-add")
        git("-C", repo, "update-index", f"--index-version={version}")
        index = pathlib.Path(repo, ".git", "index").read_bytes()
        repo_seed(f"index-{form}-{version}",
                  made_repository(32 if form == "sha256" else 20) +
                  part(7, index))
    git("-C", repo, "repack", "-adqf")
    packs = pathlib.Path(repo, ".git", "objects", "pack")
    pack = next(packs.glob("*.pack"))
    idx = pack.with_suffix(".idx").read_bytes()
    how = 3 if form == "sha256" else 1
    seed("gitpack", f"raw-{form}", bytes([how]) +
         struct.pack("<H", len(idx)) + idx + pack.read_bytes())


def table_seeds():
    """Two tables, the second of which takes back; logs as they are packed."""
    for how, size in ((0, 20), (1, 32)):
        a, b = an_id(1, size), an_id(2, size)
        entry = (a, b, b"C", b"c@d", 1767323045, 100, b"commit: m\n")
        first = {b"HEAD": b"refs/heads/main", b"refs/heads/main": a,
                 b"refs/heads/old": b, b"refs/tags/v": (a, b)}
        logs = {(b"HEAD", 1): entry, (b"HEAD", 2): entry,
                (b"refs/stash", 1): entry, (b"refs/stash", 2): entry}
        second = {b"refs/heads/main": b, b"refs/heads/old": None}
        for block in (0, 128):
            one = reftable.table(first, logs, 1, 2, size, block)
            two = reftable.table(second, {(b"refs/stash", 1): None}, 3, 3,
                                 size, block)
            for flag in (0, 2):
                seed("reftable", f"{8 * size}-{block}-{flag}", bytes([
                    how | flag]) + struct.pack("<H", len(one)) + one + two)
        block = reftable.Block(b"g", 0)
        writer = reftable.Writer(1, 2, size, 0)
        for (name, index), e in logs.items():
            block.add(*writer.log_record(name, index, e))
        body = zlib.decompress(block.bytes()[4:])
        seed("reftable", f"logs-{8 * size}", bytes([how | 4]) +
             struct.pack("<H", len(body)) + body + body)


bytes_seeds()
pack_seeds()
table_seeds()
repo_seed("sha1", made_repository(20))
repo_seed("sha256", made_repository(32))
with tempfile.TemporaryDirectory() as place:
    real_seeds(place, "sha1")
    real_seeds(place, "sha256")
