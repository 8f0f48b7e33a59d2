# SPDX-License-Identifier: Apache-2.0
"""How build systems mask known values: small stand-ins, written from what is
published of each algorithm.  They are not the programs themselves.

Each takes the secrets and what was written, and returns what a reader sees.
"""
import base64
import html
import json
import re
import urllib.parse

MASK = "***"


def base64_of(text):
    return base64.b64encode(text.encode()).decode()


def lines_of(writes):
    return re.findall(r"[^\n]*\n|[^\n]+$", "".join(writes))


def mask_ranges(text, needles):
    """Every place of every needle; what overlaps is one place."""
    hits = sorted((i, i + len(n)) for n in needles if n
                  for i in range(len(text)) if text.startswith(n, i))
    out, at = [], 0
    for start, end in hits:
        if start > at or not out:
            out += [text[at:start], MASK]
        at = max(at, end)
    return "".join(out) + text[at:]


def first_match(text, needles):
    """At each place the first needle in their order that is there."""
    needles = [re.escape(n) for n in needles if n]
    return re.sub("|".join(needles), MASK, text) if needles else text


def github_forms(value):
    yield value
    yield value.strip()
    yield from (v.strip() for v in value.splitlines())
    yield from (base64_of(value[k:]) for k in range(3))
    yield value.replace('"', '\\"')
    yield value.replace("'", "''")
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield urllib.parse.quote(value, safe="-_.~")
    yield html.escape(value).replace("&#x27;", "&apos;")
    yield from (v for v in value.split("&") if "&" in value and len(v) >= 6)


def github(secrets, writes):
    needles = {f for s in secrets for f in github_forms(s)}
    return "".join(mask_ranges(line, needles) for line in lines_of(writes))


def azure_forms(value):
    trimmed = value.strip().strip("\"'")
    for v in (value, trimmed, re.sub(r"\\([\\'\"t])", r"\1", value)):
        yield v
        yield json.dumps(v, ensure_ascii=False)[1:-1]
        yield urllib.parse.quote(v, safe="-_.~")
    yield value.replace("\r", "%0D").replace("\n", "%0A")
    yield base64_of(value)


def azure(secrets, writes):
    needles = {f for s in secrets for f in azure_forms(s)}
    return "".join(mask_ranges(line, needles) for line in lines_of(writes))


def jenkins_forms(value):
    yield value
    yield value.replace("'", "'\\''")
    yield value.replace("'", "'\"'\"'")
    yield re.sub(r"\\(.)", r"\1", value)
    yield value.replace("^", "")
    yield value.replace("$", "$$")
    for k in range(3):
        text = base64.b64encode(b"a" * k + value.encode()).decode()
        for form in (text, text.replace("+", "-").replace("/", "_")):
            trimmed = form.rstrip("=")
            yield form[2 * k:]
            yield trimmed[2 * k:len(trimmed) - (form != trimmed)]


def jenkins(secrets, writes):
    needles = sorted({f for s in secrets for f in jenkins_forms(s)
                      if len(f) >= 3}, key=len, reverse=True)
    return "".join(first_match(line, needles) for line in lines_of(writes))


def gitlab_one(secret, writes):
    """One byte after the other; a border of one letter is all it keeps."""
    matching = 0
    for write in writes:
        out = []
        for c in write:
            if c == secret[matching]:
                matching += 1
                if matching == len(secret):
                    out.append("[MASKED]")
                    matching = 0
                continue
            out.append(secret[:matching])
            matching = int(c == secret[0])
            out.append("" if matching else c)
        yield "".join(out)
    yield secret[:matching]


def gitlab(secrets, writes):
    for secret in sorted(secrets, key=len, reverse=True):
        writes = list(gitlab_one(secret, writes))
    return "".join(writes)


def buildkite(secrets, writes):
    """As it is and as Go quotes it; a line end is any blanks."""
    text, hits = "".join(writes), []
    for s in secrets:
        for form in {s, json.dumps(s, ensure_ascii=False)[1:-1]}:
            words = [re.escape(line.strip()) for line in form.split("\n")]
            hits += [m.span() for m in re.finditer(r"\s+".join(words), text)]
    return mask_ranges(text, [text[a:b] for a, b in hits])


def drone(secrets, writes):
    needles = [line for s in secrets for line in s.split("\n")
               if len(line) >= 2]
    return "".join(first_match(w, needles) for w in writes)


def woodpecker(secrets, writes):
    needles = [v for s in secrets if len(s) > 3 for v in [s, *s.split("\n")]]
    return "".join(first_match(line, needles) for line in lines_of(writes))


def concourse(secrets, writes):
    out = []
    for line in lines_of(writes):
        for s in secrets:
            for part in s.split("\n"):
                if len(part) > 1:
                    line = line.replace(part, MASK)
        out.append(line)
    return "".join(out)


def teller(secrets, writes):
    out = []
    for line in lines_of(writes):
        for s in secrets:
            if len(s) >= 2:
                line = line.replace(s, MASK)
        out.append(line)
    return "".join(out)


MASKERS = [github, azure, jenkins, gitlab, buildkite, drone, woodpecker,
           concourse, teller]
