#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# Text of a PDF by numbers of glyphs is found as it reads: in hex strings, with
# kerning, one glyph at a time, by fonts that stand behind the page or in an
# object stream.  What cannot be read is a gap.
mkdir t
cat >make.py <<'END'
import zlib

def hexed(text):
    return "".join("%04X" % (ord(c) - 29) for c in text)

def stream(number, keys, text):
    z = zlib.compress(text.encode())
    return (b"%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n" %
            (number, keys.encode(), len(z)) + z + b"\nendstream\nendobj\n")

def write(name, content, *behind):
    with open("t/" + name, "wb") as f:
        f.write(b"%PDF-1.7\n" + stream(4, "", content) + b"".join(behind) +
                b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")

FONT = ("<< /Type /Font /Subtype /Type0 /Encoding /Identity-H "
        "/ToUnicode 9 0 R >>")
PAGE = "<< /Type /Page /Resources << /Font << /F4 5 0 R >> >> >>"
MAP = stream(9, "", "1 begincodespacerange <0000> <FFFF> endcodespacerange "
             "1 beginbfrange <0003> <0061> <0020> endbfrange")
HEAD = "5 0 3 %d " % len(FONT)
PLAIN = (b"5 0 obj %s endobj\n3 0 obj %s endobj\n" %
         (FONT.encode(), PAGE.encode()))
PACKED = stream(8, "/Type /ObjStm /N 2 /First %d" % len(HEAD),
                HEAD + FONT + PAGE)
SECRET = "a token tone_7039528%d here"

kerned = "> -12 <".join(hexed(SECRET % 1)[i:i + 12] for i in range(0, 108, 12))
write("kerned.pdf", "BT /F4 12 Tf [<" + kerned + ">] TJ ET", PLAIN, MAP)
single = " ".join("%.2f 0 Td <%s> Tj" % (x, hexed(c))
                  for x, c in zip([0] + [6.5] * 99, SECRET % 2))
write("single.pdf", "BT /F4 12 Tf " + single + " ET", MAP, PACKED)
write("no-map.pdf", "BT /F4 12 Tf <" + hexed(SECRET % 3) + "> Tj ET", PLAIN)
END
python3 make.py
stanch scan --no-builtin -r rules.toml t |
	sed -E 's/, [0-9.]+ [A-Za-z]+ in [0-9.]+ s:/, in N s:/'
stanch scan -q --no-builtin -r rules.toml t
echo "status $?"
