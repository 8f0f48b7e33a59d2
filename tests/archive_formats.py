# SPDX-License-Identifier: Apache-2.0
"""Makes compressed data and archives of bytes and of members (name, bytes), of
each format that is looked into."""
import base64
import bz2
import gzip
import hashlib
import io
import importlib.util
import lzma
import marshal
import os
import sqlite3
import struct
import subprocess
import tarfile
import tempfile
import zipfile
import zlib


def through(*cmd):
    return lambda data: subprocess.run(
        cmd, input=data, stdout=subprocess.PIPE, check=True).stdout


CODECS = {
    "gzip": lambda d: gzip.compress(d, mtime=0),
    "gzip-members": lambda d: gzip.compress(d[:200]) + gzip.compress(d[200:]),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda d: lzma.compress(d, format=lzma.FORMAT_ALONE),
    "zstd": through("zstd", "-qc"),
    "lz4": through("lz4", "-qzc"),
    "compress": through("compress", "-cf"),
}
# They hold lines of text, as codecs do, but no files.
HOLDERS = {
    "pyc": lambda d: importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(
        compile("x", "name", "exec").replace(co_consts=(d, None))),
}


def tar(form):
    def make(members):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=form) as t:
            for name, data in members:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                t.addfile(info, io.BytesIO(data))
        return out.getvalue()
    return make


class OneWay(io.RawIOBase):
    """zipfile writes descriptors to what cannot go back."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def zips(method, one_way=False):
    def make(members):
        out = OneWay() if one_way else io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as z:
            for name, data in members:
                z.writestr(name, data)
        return bytes(out.data) if one_way else out.getvalue()
    return make


def bsdtar(form):
    def make(members):
        with tempfile.TemporaryDirectory() as d:
            for name, data in members:
                path = os.path.join(d, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as f:
                    f.write(data)
            return subprocess.run(
                ["bsdtar", "-cf", "-", "--format", form, "-C", d] +
                [name for name, _ in members],
                stdout=subprocess.PIPE, check=True).stdout
    return make


def sqlite(size, encoding="UTF-8"):
    def make(members):
        with tempfile.TemporaryDirectory() as d:
            db = sqlite3.connect(os.path.join(d, "db"))
            db.execute(f"pragma page_size={size}")
            db.execute(f"pragma encoding='{encoding}'")
            db.execute("create table files(name text, data blob)")
            db.executemany("insert into files values(?,?)", members)
            db.commit()
            db.close()
            with open(os.path.join(d, "db"), "rb") as f:
                return f.read()
    return make


def pdf(filters, *encode):
    """Each member is a file that is embedded."""
    def make(members):
        out = b"%PDF-1.7\n"
        for i, (_, data) in enumerate(members):
            for e in encode:
                data = e(data)
            out += (b"%d 0 obj\n<< /Type /EmbeddedFile /Filter [%s] "
                    b"/Length %d >>\nstream\n%s\nendstream\nendobj\n" %
                    (i + 1, filters, len(data), data))
        return out + b"trailer << /Size 1 >>\nstartxref\n0\n%%EOF\n"
    return make


def ole(members):
    """Sectors of 512 bytes in a row: directory, streams, table."""
    entries, chain, data = [], [], b""

    def add(name, kind, content):
        nonlocal data
        first, n = len(chain), -(-len(content) // 512)
        chain.extend(range(first + 1, first + n))
        chain.append(0xfffffffe)
        data += content.ljust(n * 512, b"\0")
        wide = name[:31].encode("utf-16le")
        entries.append(wide.ljust(64, b"\0") + struct.pack(
            "<HBB48xIQ", len(wide) + 2, kind, 1, first, len(content)))

    add("Root Entry", 5, bytes(-(-(len(members) + 1) // 4) * 512))
    for name, content in members:
        add(name, 2, content)
    directory = b"".join(entries)
    data = directory.ljust(-(-len(directory) // 512) * 512, b"\0") + \
        data[-(-len(directory) // 512) * 512:]
    tables = 1
    while tables * 128 < len(chain) + tables:
        tables += 1
    chain += [0xfffffffd] * tables
    chain += [0xffffffff] * (tables * 128 - len(chain))
    where = list(range(len(data) // 512, len(data) // 512 + tables))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack(
        "<16xHHHHH6xIIIIIIIII", 62, 3, 65534, 9, 6, 0, tables, 0, 0, 0,
        0xfffffffe, 0, 0xfffffffe, 0)
    return (head + struct.pack("<109I", *(where + [0xffffffff] * 109)[:109]) +
            data + struct.pack(f"<{len(chain)}I", *chain))


def git_pack(members):
    out = struct.pack(">4sII", b"PACK", 2, len(members))
    for _, data in members:
        size, head = len(data), 3 << 4 | len(data) & 15
        size >>= 4
        while size:
            out += bytes([head | 0x80])
            head, size = size & 0x7f, size >> 7
        out += bytes([head]) + zlib.compress(data)
    return out + hashlib.sha1(out).digest()


def git_bundle(members):
    return b"# v2 git bundle\n%s refs/heads/main\n\n%s" % (
        b"0" * 40, git_pack(members))


CONTAINERS = {
    "git-pack": git_pack,
    "git-bundle": git_bundle,
    "tar": tar(tarfile.USTAR_FORMAT),
    "tar-gnu": tar(tarfile.GNU_FORMAT),
    "tar-pax": tar(tarfile.PAX_FORMAT),
    "zip-stored": zips(zipfile.ZIP_STORED),
    "zip": zips(zipfile.ZIP_DEFLATED),
    "zip-bzip2": zips(zipfile.ZIP_BZIP2),
    "zip-lzma": zips(zipfile.ZIP_LZMA),
    "zip-one-way": zips(zipfile.ZIP_DEFLATED, True),
    "zip-stored-one-way": zips(zipfile.ZIP_STORED, True),
    "cpio-newc": bsdtar("newc"),
    "cpio-odc": bsdtar("odc"),
    "7z": bsdtar("7zip"),
    "iso": bsdtar("iso9660"),
    "pdf": pdf(b"/FlateDecode", zlib.compress),
    "pdf-ascii": pdf(b"/ASCII85Decode /FlateDecode", zlib.compress,
                     lambda d: base64.a85encode(d) + b"~>"),
    "ole": ole,
    "sqlite": sqlite(4096),
    "sqlite-512": sqlite(512, "UTF-16"),
    "ar-gnu": bsdtar("argnu"),
    "ar-bsd": bsdtar("arbsd"),
}
TELLS = {"tar": 512, "iso": 34 << 10, "pdf": 8,
         "sqlite": 100}	# bytes that tell what it is
FLAT = ("ar-gnu", "ar-bsd")		# names without slashes
