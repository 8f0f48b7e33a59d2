#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# What became of the bytes of each file.
mkdir t
echo plain >t/plain
echo text | gzip -n >t/a.gz
python3 -c '
import io, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, "w") as z:
    z.writestr("seen", "ten bytes\n")
    z.writestr("hidden", "ten bytes\n")
b = out.getvalue()
at, end = b.rindex(b"PK\1\2"), b.rindex(b"PK\5\6")
open("t/x.zip", "wb").write(b"before" + b[:at] + b[end:] + b"behind")'
: >t/empty
stanch scan --explain-coverage --no-builtin -r rules.toml t | grep bytes
stanch scan --explain-coverage --no-builtin -r rules.toml -f jsonl t |
	grep -v summary
echo tone_70395281 | gzip | stanch scan --explain-coverage --no-builtin \
	-r rules.toml - | grep '^stdin'
stanch scan --explain-coverage --no-builtin -r rules.toml --max-file-size 8 t |
	grep -v ^Scanned
