#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# What cannot be decoded is told, and what was decoded until then is scanned.
mkdir t
seq 20000 >text
echo tone_70395281 >>text
gzip -nc text >t/whole.gz
head -c -4 t/whole.gz >t/cut.gz
{ head -c -5 t/whole.gz; printf 'x\0\0\0\0'; } >t/sum.gz
tar -cf x.tar text
head -c $(($(stat -c %s text) + 512)) x.tar >t/no-end.tar
head -c 600 x.tar >t/cut.tar
python3 -c '
import zipfile
with zipfile.ZipFile("t/locked.zip", "w") as z:
    z.writestr("a", "tone_70395282\n")
b = bytearray(open("t/locked.zip", "rb").read())
b[6] |= 1
open("t/locked.zip", "wb").write(b)'
printf 'Rar!\x1a\7\1\0tone_70395283\n' >t/x.rar
stanch scan --no-builtin -r rules.toml t |
	sed -E 's/, [0-9.]+ [A-Za-z]+ in [0-9.]+ s:/, in N s:/'
stanch scan -q --no-builtin -r rules.toml t
echo "status $?"
