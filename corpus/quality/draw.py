# SPDX-License-Identifier: Apache-2.0
"""Text with markers to text: what hosts.txt and clean.txt are written in.

clean.txt says what each marker draws.  The same random.Random gives the same
bytes everywhere.
"""

import base64
import re
import string

WORDS = """account action adapter admin agent alpha archive array asset async
backup balance basket batch beacon billing binary bridge broker browser buffer
builder cache canvas catalog center channel checkout client cluster column
command commit common compute config console content context control counter
cursor daemon dataset default deploy desktop device dialog digest directory
dispatch document domain driver dynamic editor element engine entity event
export factory feature filter folder forest format forward frame gateway
global graph group handler harbor header helper hidden history image import
index ingest input insight invoice iterator journal kernel label language
launch layer ledger library light listen loader local logger mailer manager
market marker matrix member memory merge message metric mirror mobile model
module monitor network normal notify number object offset online option order
output package panel parent parser partner payment pending planet plugin
pointer policy portal prefix preview printer process product profile project
proxy query queue record region registry release remote render report request
resolve resource result review router runner sample schema scope screen script
search section sensor server service session shadow signal simple single
socket source stage static status storage stream string studio subject summary
supply support switch system table target task template tenant thread ticket
timer tracker traffic transfer tunnel update upload vector vendor version
video viewer visual volume wallet warehouse watcher weather widget window
worker writer""".split()

ALPHABETS = {
    "int": string.digits,
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "lower": string.ascii_lowercase + string.digits,
    "alnum": string.ascii_letters + string.digits,
    "b64": string.ascii_letters + string.digits + "+/",
    "b64url": string.ascii_letters + string.digits + "-_",
}

MARKER = re.compile(r"@@|@(\w+)(?::(\d+))?@|@\[(\d+):(.*?)@\]", re.S)


def chars(rng, kind, count):
    """`count` characters of an alphabet."""
    return "".join(rng.choice(ALPHABETS[kind]) for _ in range(count))


def uuid(rng):
    digits = chars(rng, "hex", 32)
    return "-".join((digits[:8], digits[8:12], "4" + digits[13:16],
                     "a" + digits[17:20], digits[20:]))


def host(rng):
    return "{}.{}.{}".format(
        rng.choice(WORDS), rng.choice(WORDS) + rng.choice(WORDS),
        rng.choice(("io", "com", "net", "dev", "de", "internal")))


def number(rng, count):
    if count:
        return rng.choice("123456789") + chars(rng, "int", count - 1)
    return str(rng.randrange(2, 60000))


OTHERS = {
    "int": number,
    "word": lambda rng, n: rng.choice(WORDS),
    "Word": lambda rng, n: rng.choice(WORDS).title(),
    "words": lambda rng, n: " ".join(rng.choice(WORDS) for _ in range(n)),
    "b64of": lambda rng, n: base64.b64encode(rng.randbytes(n)).decode(),
    "uuid": lambda rng, n: uuid(rng),
    "host": lambda rng, n: host(rng),
    "esc": lambda rng, n: "\x1b",
    "nul": lambda rng, n: "\0",
    "tab": lambda rng, n: "\t",
}


def pieces(rng, text):
    """Yields (name, None) for a marker that is not known here, else
    (None, text)."""
    at = 0
    for match in MARKER.finditer(text):
        yield None, text[at:match.start()]
        at = match.end()
        name, count, times, inner = match.groups()
        if times:
            for _ in range(int(times)):
                yield from pieces(rng, inner)
        elif not name:
            yield None, "@"
        elif name in OTHERS:
            yield None, OTHERS[name](rng, int(count or 0))
        elif name in ALPHABETS and count:
            yield None, chars(rng, name, int(count))
        else:
            yield name, None
    yield None, text[at:]


def fill(rng, text):
    """The text with all its markers drawn."""
    out = []
    for name, piece in pieces(rng, text):
        if name:
            raise ValueError(f"unknown marker @{name}@")
        out.append(piece)
    return "".join(out)


def sections(path):
    """Yields the words of each "=== NAME FILE ..." and the text below it."""
    with open(path, encoding="utf-8") as file:
        parts = re.split(r"^=== (.*)\n", file.read(), flags=re.M)[1:]
    for head, text in zip(parts[::2], parts[1::2]):
        yield head.split(), text
