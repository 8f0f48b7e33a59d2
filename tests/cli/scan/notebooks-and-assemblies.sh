#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# What needs no reader of its own: the strings of a notebook are JSON, its
# outputs may be base64; those of a .NET assembly are UTF-16 behind a length.
mkdir t
python3 -c '
import base64, json
png = base64.b64encode(b"\x89PNG....tEXt key=tone_70395283 \0\0....").decode()
json.dump({"cells": [{"cell_type": "code",
    "source": ["a = 1\n", "key = \"tone_70395281\"\n"],
    "outputs": [{"text": ["x tone_70395282\n"]},
        {"data": {"image/png": png + "\n"}}]}]}, open("t/a.ipynb", "w"))
def us(text):
    data = text.encode("utf-16le") + b"\0"
    return bytes([len(data)]) + data
open("t/b.dll", "wb").write(b"MZ\x90\0\3\0\0\0" + bytes(40) +
    us("first one") + us("tone_70395284") + us("and the last"))'
stanch scan -f jsonl --no-builtin -r rules.toml --show-secrets t |
	grep -oE '"(path|secret)":"[^"]*"' | paste - -
