#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes an audit log anew, as somebody would who wants to hide something.

usage: forge.py AUDIT FROM TO [KEYFILE]

In every record the text FROM becomes TO; then all links are made again: the
hashes, and with the key the MACs.  Without one they stay as they were.  It
follows docs/audit.md, not the program.
"""

import hashlib
import hmac
import json
import sys


def split(line):
    """The record without its links, and its MAC or None."""
    body, _, links = line.rpartition(',"prev":"')
    _, _, mac = links.partition('"mac":"')
    return body, mac[:64] or None


def main():
    path, old, new = sys.argv[1:4]
    key = None
    head = "0" * 64
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    if len(sys.argv) > 4:
        with open(sys.argv[4], "rb") as file:
            secret = file.read()
        nonce = bytes.fromhex(json.loads(lines[0])["nonce"])
        key = hmac.digest(secret, b"stanch-audit-1\0" + nonce, "sha256")
    for line in lines:
        body, mac = split(line)
        text = body.replace(old, new) + f',"prev":"{head}"'
        if key:
            mac = hmac.digest(key, text.encode(), "sha256").hex()
            key = hashlib.sha256(b"stanch-ratchet\0" + key).digest()
        text += f',"mac":"{mac}"}}' if mac else "}"
        head = hashlib.sha256(text.encode()).hexdigest()
        print(text)


if __name__ == "__main__":
    main()
