#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds for the target unwrap: PDFs whose fonts have codes of their own, as
small as they may be and not compressed, so that each byte has a meaning.

	pdfseeds.py CORPUS
"""
import os
import sys

CONTENT = (b"q BT /F1 9 Tf 1 0 0 1 7 8 Tm [<0024> -200 <0025>] TJ 9 0 Td "
           b"<00260027> Tj 0 -9 Td (\\000\\(\\000\\)) ' /F2 1 Tf (\\001ab) Tj "
           b"BI ID (< EI ET Q")
MAP = (b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar "
       b"<0024> <00660069> endbfchar 2 beginbfrange <0025> <0060> <0042> "
       b"<61> <62> [<0041> <d83dde00>] endbfrange")
FONT = (b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H "
        b"/ToUnicode 9 0 R >>")
PAGE = b"<< /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
OTHER = (b"<< /Type /Font /Encoding << /Differences [1 /K /f_i 97 /uni0041 "
         b"/g7] >> >>")


def obj(number, text):
    return b"%d 0 obj %s endobj\n" % (number, text)


def stream(number, keys, text):
    return obj(number, b"<< %s /Length %d >>\nstream\n%s\nendstream" %
               (keys, len(text), text))


def pdf(*parts):
    return b" %PDF-1.7\n" + b"".join(parts) + b"trailer << >>\n%%EOF\n"


def seeds():
    content, to = stream(4, b"", CONTENT), stream(9, b"", MAP)
    yield pdf(content, obj(5, FONT), obj(6, OTHER), obj(3, PAGE), to)
    head = b"5 0 3 %d 6 %d " % (len(FONT), len(FONT) + len(PAGE))
    yield pdf(content, to, stream(8, b"/Type /ObjStm /N 3 /First %d" %
                                  len(head), head + FONT + PAGE + OTHER))
    yield pdf(content, obj(5, FONT), obj(3, PAGE), obj(5, FONT), to,
              obj(7, b"<< /F1 8 0 R >>"), obj(8, FONT.replace(b"9", b"19")),
              stream(19, b"", MAP.replace(b"0042", b"0043")))


for i, seed in enumerate(seeds()):
    with open(os.path.join(sys.argv[1], f"seed-pdf-{i}"), "wb") as f:
        f.write(seed)
