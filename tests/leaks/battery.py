# SPDX-License-Identifier: Apache-2.0
"""Ways in which a known secret gets past a masker, and how much of it does.

Each case is a name, the secrets a masker is told of, what is written in which
pieces, and the form in it that should not be readable.  All is made up when
it runs, the same each time.
"""
import base64
import html
import json
import random
import re
import urllib.parse
from collections import namedtuple

Case = namedtuple("Case", "name secrets writes form")

ALNUM = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ" "abcdefghijklmnopqrstuvwxyz"
         "0123456789")
SPECIAL = "aB3$x\"y'z&7/k Q+w<9%p\\M"
COLOUR = "\x1b[31m"


def made_up(length, seed, alphabet=ALNUM):
    return "".join(random.Random(seed).choices(alphabet, k=length))


def base64_of(text):
    return base64.b64encode(text.encode()).decode()


def pieces(text, size):
    return [text[i:i + size] for i in range(0, len(text), size)]


def case(name, secret, form, writes=None):
    """One form of one secret, with a log round it."""
    secrets = secret if isinstance(secret, list) else [secret]
    return Case(name, secrets, writes or [f"12:00 {form} end\n"], form)


def plain():
    s = made_up(24, 1)
    own = "ab7Qx" + made_up(19, 2)
    yield case("plain, one write", s, s)
    yield case("plain, split in two writes", s, s, [f"a {s[:9]}", s[9:]])
    yield case("char by char writes", s, s, list(f"a {s} b"))
    yield case("self-overlap, by char", "a" + own, "a" + own,
               list("aa" + own))
    yield case("self-overlap, two writes", "a" + own, "a" + own,
               ["aa", own])


def in_base64():
    for length in (25, 26, 24):
        s = made_up(length, length)
        left = length % 3
        yield case(f"echo $S|base64, len%3={left}", s, base64_of(s + "\n"))
        yield case(f"printf %s|base64, len%3={left}", s, base64_of(s))
    s = made_up(24, 3)
    for before in ("user::", "usr:", "us:", "u:"):
        whole = base64_of(before + s + "@h")
        skip = (8 * len(before) + 5) // 6
        form = whole[skip:(8 * (len(before) + len(s))) // 6]
        yield case(f"base64({len(before)}-byte prefix+S+\"@h\")", s, form,
                   [f"12:00 {whole} end\n"])
    url = "".join(chr(n) for n in (63, 62, 126, 127)) + made_up(21, 4)
    yield case("base64url (JWT style) of S", url, base64.urlsafe_b64encode(
        url.encode()).decode().rstrip("="))
    long = made_up(90, 5)
    yield case("base64 -w76 wrapped inside secret", long,
               "\n".join(pieces(base64_of(long), 76)))


def rewritten():
    s = made_up(24, 6)
    yield case("hex (xxd -p)", s, s.encode().hex())
    yield case("HEX upper", s, s.encode().hex().upper())
    yield case("reversed", s, s[::-1])
    yield case("fold -w10", s, "\n".join(pieces(s, 10)))
    yield case("ANSI colour inside", s, s[:16] + COLOUR + s[16:])
    yield case("CR inside (progress)", s, s[:16] + "\r" + s[16:])
    yield case("spaced k e y", s, " ".join(s))
    yield case("UTF-16LE (NUL interleaved)", s,
               "".join(c + "\0" for c in s))


def escaped():
    s = SPECIAL
    text = json.dumps(s)[1:-1]
    url = urllib.parse.quote(s, safe="")
    yield case("special: bash set -x quoting", s,
               s.replace("'", "'\\''"))
    yield case("special: bash $'..' printf %q", s, re.sub(
        r"([^A-Za-z0-9%+/])", r"\\\1", s))
    yield case("special: JSON", s, text)
    yield case("special: JSON in JSON", s, json.dumps(text)[1:-1])
    yield case("special: JSON \\u0026 (Go html escape)", s, text.replace(
        "&", "\\u0026").replace("<", "\\u003c"))
    yield case("special: URL %XX upper", s, url)
    yield case("special: URL %xx lower", s, re.sub(
        "%..", lambda m: m.group().lower(), url))
    yield case("special: HTML &#39;", s, html.escape(s).replace(
        "&#x27;", "&#39;").replace("&quot;", "&#34;"))


def of_lines():
    kind = "PRIVATE KEY"
    body = made_up(640, 7)
    lines = pieces(body, 64)
    pem = "\n".join([f"-----BEGIN {kind}-----", *lines,
                     f"-----END {kind}-----"])
    rewrapped = "\n".join(pieces(body, 70))
    yield case("PEM verbatim", pem, pem)
    yield case("PEM, CRLF (pty)", pem, pem.replace("\n", "\r\n"))
    yield case("PEM, JSON \\n", pem, pem.replace("\n", "\\n"))
    yield case("PEM on one line (echo $PEM)", pem, pem.replace("\n", " "))
    yield case("PEM, prefixed lines \"  | \"", pem, "".join(
        f"  | {line}\n" for line in pem.split("\n")))
    yield case("PEM, rewrapped at 70", pem, rewrapped)


def together():
    s = made_up(16, 8)
    first, middle, last = (made_up(8, 9 + i) for i in range(3))
    cut = made_up(30, 12)
    yield case("prefix pair: short listed first", [s, s + last], s + last)
    yield case("overlapping secrets ABCxyz xyzDEF",
               [first + middle, middle + last], first + middle + last)
    yield case("first 80% of secret (truncated)", cut, cut[:24])
    yield case("lower-cased", cut, cut.lower())


def battery():
    """The 43 of the study."""
    return [c for make in (plain, in_base64, rewritten, escaped, of_lines,
                           together) for c in make()]


def more_forms(s):
    secret = s.encode()
    yield "upper-cased", s.upper()
    yield "grep --color: two sequences", (
        s[:9] + "\x1b[01;31m\x1b[K" + s[9:12] + "\x1b[m\x1b[K" + s[12:])
    yield "a link of a terminal (OSC 8) inside", (
        s[:9] + "\x1b]8;;https://example.com\x1b\\" + s[9:])
    yield "backspace inside", s[:9] + "\b" + s[9:]
    yield "colour after each letter", COLOUR.join(s)
    yield "hex with colons", secret.hex(":")
    yield "hex dump (xxd)", "\n".join(
        f"{i:08x}: {secret[i:i + 16].hex(' ', -2)}  {s[i:i + 16]}"
        for i in range(0, len(s), 16))
    yield "hex dump (xxd), at an odd offset", (
        f"00000000: 61{s[:1].encode().hex()} "
        f"{secret[1:15].hex(' ', -2)}  a{s[:15]}\n"
        f"00000010: {secret[15:].hex(' ', -2)}  {s[15:]}")
    yield "bytes of C (0x41, 0x42)", ", ".join(f"0x{c:02x}" for c in secret)
    yield "\\x41 of C and Python", "".join(f"\\x{c:02x}" for c in secret)
    yield "\\101 of C", "".join(f"\\{c:03o}" for c in secret)
    yield "\\u0041 of JSON, each letter", "".join(
        f"\\u{c:04x}" for c in secret)
    yield "&#65; of HTML, each letter", "".join(f"&#{c};" for c in secret)
    yield "%41, each letter", "".join(f"%{c:02X}" for c in secret)
    yield "base64, wrapped at 20 and indented", "\n    ".join(
        pieces(base64_of(s), 20))
    yield "base64 of base64 (a secret of Kubernetes)", base64_of(
        base64_of(s))
    yield "base64 of UTF-16 (PowerShell)", base64.b64encode(
        s.encode("utf-16-le")).decode()
    yield "base64, as JSON has it on several lines", "\\n".join(
        pieces(base64_of(s), 20))
    yield "base32", base64.b32encode(secret).decode()


def further():
    """What the study has not."""
    s = made_up(24, 13)
    for name, form in more_forms(s):
        yield case(name, s, form)
    s = "~~~???>>>" + s
    yield case("base64 in an address (%2B, %2F)", s, urllib.parse.quote(
        base64_of(s), safe=""))
    yield case("base64 in JSON (\\/)", s, base64_of(s).replace("/", "\\/"))
    s = SPECIAL
    twice = urllib.parse.quote(urllib.parse.quote(s, safe=""), safe="")
    yield case("special: URL, twice", s, twice)
    yield case("special: caret of cmd", s, re.sub(
        r"([&<%])", r"^\1", s))
    yield case("special: backtick of PowerShell", s, re.sub(
        r"([$\"])", r"`\1", s))
    yield case("special: doubled quotes (CSV)", s, s.replace('"', '""'))


# Left out where it is asked what can be read: it does not hide anything.
NOISE = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]|\x1b\].*?\x1b\\|[\r\n\b\0 ]"
                   rb"|^[0-9a-f]{8}: ", re.M)


def longest_common(a, b):
    """Length of the longest run of bytes that is in both."""
    best, row = 0, [0] * (len(b) + 1)
    for c in a:
        new = [0] * (len(b) + 1)
        for k, d in enumerate(b):
            if c == d:
                new[k + 1] = row[k] + 1
                best = max(best, new[k + 1])
        row = new
    return best


def leaked(form, output):
    """How much of a form can be read in one piece: 0 to 1."""
    form = NOISE.sub(b"", form.encode())
    return longest_common(form, NOISE.sub(b"", output)) / len(form)


MASKED = 0.16	# as in the study: what chance and edges leave
