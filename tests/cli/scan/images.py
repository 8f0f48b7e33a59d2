#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes images: oci.tar, an OCI layout of two platforms in an archive, and
saved.tar, as older versions of docker save it."""
import gzip
import hashlib
import io
import json
import subprocess
import tarfile

MEDIA = "application/vnd.oci.image."


def tar(members, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def secret(n):
    return b"text tone_%d\n" % n


def zstd(data):
    return subprocess.run(["zstd", "-qc"], input=data, check=True,
                          stdout=subprocess.PIPE).stdout


class Layout:
    def __init__(self):
        self.blobs = {}

    def add(self, kind, data):
        digest = hashlib.sha256(data).hexdigest()
        self.blobs["blobs/sha256/" + digest] = data
        return {"mediaType": MEDIA + kind, "digest": "sha256:" + digest,
                "size": len(data)}

    def image(self, arch, layers, config):
        config = {"architecture": arch, "os": "linux", **config}
        return self.add("manifest.v1+json", json.dumps({
            "config": self.add("config.v1+json",
                               json.dumps(config).encode()),
            "layers": [self.add("layer.v1.tar", x) for x in layers],
        }).encode())


long_name = "long/" * 20 + "key"
layout = Layout()
first = gzip.compress(tar([("etc/key", secret(10000001)),
                           ("opt/kept", secret(10000002)),
                           ("var/lib/x/key", secret(10000003)),
                           ("./etc/keys", secret(10000010))]), mtime=0)
second = zstd(tar([("srv/new", secret(10000004)),
                   (long_name, secret(10000005)),
                   ("etc/.wh.key", b""), ("var/lib/.wh..wh..opq", b"")]))
third = tar([("long/" * 20 + ".wh.key", b"")], tarfile.USTAR_FORMAT)
one = layout.image("amd64", [first, second, third], {
    "config": {"Env": ["PATH=/bin", "KEY=tone_10000006"],
               "Labels": {"note": "tone_10000007"}},
    "history": [{"created_by": "RUN a"}, {"created_by": "x tone_10000008"}]})
two = layout.image("arm64", [tar([("a", secret(10000009))])], {})
one["platform"] = {"os": "linux", "architecture": "amd64"}
two["platform"] = {"os": "linux", "architecture": "arm64", "variant": "v8"}
index = layout.add("index.v1+json", json.dumps(
    {"manifests": [one, two]}).encode())
index["annotations"] = {"org.opencontainers.image.ref.name": "app:1"}
with open("oci.tar", "wb") as f:
    f.write(tar(sorted(layout.blobs.items()) + [
        ("index.json", json.dumps({"manifests": [index]}).encode()),
        ("oci-layout", b'{"imageLayoutVersion":"1.0.0"}')]))

ids = [hashlib.sha256(x).hexdigest() for x in (b"1", b"2", b"3")]
with open("saved.tar", "wb") as f:
    f.write(tar([
        (ids[0] + "/layer.tar", tar([("etc/key", secret(10000001))])),
        (ids[1] + ".tar", tar([("etc/.wh.key", b"")])),
        (ids[2] + ".json", b'{"os":"linux","architecture":"amd64",'
         b'"config":{"Env":["A=tone_10000002"]}}'),
        ("manifest.json", json.dumps([{
            "Config": ids[2] + ".json", "RepoTags": ["old:1"],
            "Layers": [ids[0] + "/layer.tar", ids[1] + ".tar"]}]).encode())]))
