# SPDX-License-Identifier: Apache-2.0
"""Makes the labelled corpus of `make bench-quality`.

    generate.py DIR SEED RECIPES

RECIPES is what bench/quality/recipes.c prints.  DIR/planted/HOST/N.RULE.FILE
are files with one secret each, or the same one twice; DIR/clean/NAME/N.FILE
have none; DIR/labels.tsv says where each secret is: file, start, end, tier,
rule, host.  What a recipe says round its secret is a `part`: it may hold
other secrets, which are neither asked for nor wrong.  The values of the rules' own secrets come from their recipes, all
round them from hosts.txt; the generic rules' secrets are drawn here.  What
depends on SEED, and on nothing else, is all of it.
"""

import os
import random
import re
import sys
from collections import namedtuple

import draw

HERE = os.path.dirname(os.path.abspath(__file__))
CLEAN_EACH = 24         # files of each kind of clean.txt
GENERIC_EACH = 24       # secrets of the generic rules a host

Host = namedtuple("Host", "name file set flags text")
Plant = namedtuple("Plant", "rule tier name value before after")

# Which values may stand in a host as they are.
SETS = {
    "bare": r"[\w.+/=:~@%^!*-]+",
    "url": r"[\w.~-]+",
    "dq": r'[^"\\\n\r\0$`]+',
    "sq": r"[^'\\\n\r\0]+",
    "bt": r"[^`\\\n\r\0$]+",
    "xml": r"""[^<>&"'\n\r\0]+""",
    "csv": r"""[^,"'\s\0]+""",
    "multi": r"-----BEGIN [^\0\\]*-----",
    "fragment": r"[^\0]*",
}
SETS = {name: re.compile(what, re.A | re.S) for name, what in SETS.items()}

LINES = {       # how a value of several lines is written, by marker
    "v": lambda v: v,
    "v4": lambda v: v.replace("\n", "\n    "),
    "ve": lambda v: v.replace("\n", "\\n"),
    "vee": lambda v: v.replace("\n", "\\\\n"),
    "vc": lambda v: v.replace("\n", '\\n"\n\t"'),
    "vj": lambda v: v.replace("\n", "',\n  '"),
    "vq": lambda v: v.replace("\n", "\n> "),
}

ASSIGNED = re.compile(
    r"""^\W*(?:export |const |var |let |my |set )?
    ([A-Za-z][\w.-]*?)["'\]]*\s*(?:=>|:=|=|:)\s*["']?$""", re.X | re.A)
ENDED = re.compile(r"""^["']?[,;]?\n?$""")


def cased(words):
    """How hosts write a name of these words, by marker."""
    words = [w.lower() for w in words]
    titled = [w.title() for w in words]
    return {"N": "_".join(words).upper(), "n": "_".join(words),
            "c": words[0] + "".join(titled[1:]), "C": "".join(titled),
            "k": "-".join(words)}


def words_of(name):
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name) or ["value"]


def plants_of(rng, recipes):
    """Of each rule's recipes: values that stand anywhere, values that need
    their name, and whole texts, of which the secret is a part."""
    rules = {}
    with open(recipes, encoding="ascii") as file:
        for line in file:
            rule, _, tier, start, end, text = line.rstrip("\n").split("\t")
            text = bytes.fromhex(text).decode("latin-1")
            rules.setdefault(rule, []).append(
                (tier, text, int(start), int(end)))
    anywhere, named, whole = [], [], []
    for rule, examples in rules.items():
        free = any(start == 0 and end == len(text)
                   for _, text, start, end in examples)
        for tier, text, start, end in examples:
            before, value, after = text[:start], text[start:end], text[end:]
            match = ASSIGNED.match(before)
            name = words_of(match[1]) if match else [
                rule.split("-")[0], rng.choice(("token", "key", "value"))]
            plant = Plant(rule, tier, name, value, before, after)
            if free:
                anywhere.append(plant)
            elif match and ENDED.match(after):
                named.append(plant)
            whole.append(plant)
    return anywhere, named, whole


def one_each(rng, plants):
    """One of each rule's own, all of the generic ones."""
    rules = {}
    for plant in plants:
        if plant.before is None:
            yield plant
        else:
            rules.setdefault(plant.rule, []).append(plant)
    for some in rules.values():
        yield rng.choice(some)


# ---- secrets of the generic rules ----

TOKEN_NAMES = """api_key secret_key client_secret access_token auth_token
jwt_secret session_secret secret_key_base webhook_secret signing_key
encryption_key private_token refresh_token app_secret consumer_secret
master_key api_token secret_token deploy_token bot_token hmac_key
service_key auth_secret cookie_secret access_key shared_secret
payment_api_key upload_token oauth_client_secret internal_api_token
license_api_key django_secret_key registry_token metrics_token""".split()
PASSWORD_NAMES = """db_password password smtp_password redis_password
admin_password mysql_root_password postgres_password ldap_bind_password
keystore_password user_passwd ftp_password mail_password root_password
rabbitmq_password key_passphrase backup_passphrase ssh_password
database_password sudo_password mongo_password""".split()

LIKED = """Falcon Tiger Monkey Dragon Orange Purple Guitar Winter Summer Coffee
Sunset Thunder Panther Rocket Maple Jupiter Cobra Silver Diamond Cherry Banjo
Walrus Otter Raven Cactus Pepper Saturn Viking Wizard Hockey""".split()

SIGNS = {"bare": "!%^*-_+=?@", "url": "-_.~", "csv": "!#$%^*-_+=?"}


def token(rng, signs):
    kind = rng.randrange(8)
    if kind == 0:
        return draw.chars(rng, "hex", rng.choice((32, 40, 48, 64)))
    if kind == 1 and "=" in signs:
        return draw.OTHERS["b64of"](rng, rng.choice((16, 24, 32, 48)))
    if kind == 2:
        return draw.chars(rng, "b64url", rng.choice((22, 32, 43, 64)))
    if kind == 3:
        return draw.chars(rng, "lower", rng.choice((20, 24, 32, 40)))
    if kind == 4:
        return draw.chars(rng, "HEX", rng.choice((32, 40)))
    return draw.chars(rng, "alnum", rng.choice((16, 20, 24, 32, 40, 48, 64)))


def password(rng, signs):
    kind = rng.randrange(4)
    if kind == 0:
        return draw.chars(rng, "alnum", rng.choice((12, 14, 16, 20)))
    if kind == 1:
        return "{}{}{}{}".format(
            rng.choice(LIKED), rng.randrange(100, 9999),
            rng.choice(LIKED), rng.choice(signs))
    alphabet = draw.ALPHABETS["alnum"] + signs
    while True:
        made = "".join(rng.choice(alphabet)
                       for _ in range(rng.choice((12, 14, 16, 20, 24))))
        if made[0].isalnum() and made[-1].isalnum() and \
                re.search(r"\d", made) and re.search(r"[A-Za-z]", made):
            return made


def generic(rng, host):
    signs = SIGNS.get(host.set, "!#%^*-_+=?@;:,.")
    if rng.random() < 0.5:
        name, value = rng.choice(TOKEN_NAMES), token(rng, signs)
        rule = "generic-token"
    else:
        name, value = rng.choice(PASSWORD_NAMES), password(rng, signs)
        rule = "generic-password"
    return Plant(rule, "contextual", words_of(name), value, None, None)


# ---- files ----

class Corpus:
    """The files and labels of one directory."""

    def __init__(self, path, rng):
        self.path, self.rng, self.count, self.made = path, rng, 0, None
        os.makedirs(path)
        self.labels = open(os.path.join(path, "labels.tsv"), "w",
                           encoding="ascii")

    def write(self, name, text):
        path = os.path.join(self.path, name)
        if os.path.dirname(path) != self.made:
            self.made = os.path.dirname(path)
            os.makedirs(self.made, exist_ok=True)
        with open(path, "w", encoding="latin-1", newline="") as file:
            file.write(text)

    def finish(self, host, text):
        """With the line ends that the host wants."""
        if "unended" in host.flags and "part" not in host.flags:
            text = text.rstrip("\n")
        return text.replace("\n", "\r\n") if "crlf" in host.flags else text

    def plant(self, host, plant):
        """One file of the host with the value in it."""
        names = cased(plant.name)
        inner = host._replace(flags=host.flags + ["part"])
        out, spans, whole = "", [], None
        for name, piece in draw.pieces(self.rng, host.text):
            if name == "f":
                piece, value, after = (self.finish(inner, part) for part in (
                    plant.before, plant.value, plant.after))
                whole = len(out), len(out + piece + value + after)
                spans.append((len(out) + len(piece),
                              len(out) + len(piece) + len(value)))
                piece += value + after
            elif name in LINES:
                piece = self.finish(host, LINES[name](plant.value))
                spans.append((len(out), len(out) + len(piece)))
            elif name:
                piece = names[name]
            else:
                piece = self.finish(inner, piece)
            out += piece
        if "unended" in host.flags:
            out = out[:max([len(out.rstrip("\n"))] + [e for _, e in spans])]
        self.count += 1
        file = host.file.replace("/", ".")
        path = f"planted/{host.name}/{self.count}.{plant.rule}.{file}"
        self.write(path, out)
        if whole:
            self.labels.write("\t".join((path, *map(str, whole), "part",
                plant.rule, host.name)) + "\n")
        for start, end in spans:
            self.labels.write("\t".join((path, str(start), str(end),
                plant.tier, plant.rule, host.name)) + "\n")

    def clean(self, name, file, text):
        for i in range(CLEAN_EACH):
            made = draw.fill(self.rng, text)
            self.write(f"clean/{name}/{i}.{file.replace('/', '.')}",
                       made.encode("utf-8").decode("latin-1"))


def main(path, seed, recipes):
    rng = random.Random(int(seed))
    corpus = Corpus(path, rng)
    hosts = [Host(h[0], h[1], h[2], h[3:], text) for h, text in
             draw.sections(os.path.join(HERE, "hosts.txt"))]
    anywhere, named, whole = plants_of(rng, recipes)
    for host in hosts:
        fits = SETS[host.set].fullmatch
        if host.set == "fragment":
            some = whole
        else:
            some = [p for p in anywhere if fits(p.value)]
            if host.set != "multi" and "apart" not in host.flags:
                some += [p for p in named if fits(p.value)]
                some += [generic(rng, host) for _ in range(GENERIC_EACH)]
        for plant in one_each(rng, some):
            corpus.plant(host, plant)
    for (name, file), text in draw.sections(
            os.path.join(HERE, "clean.txt")):
        corpus.clean(name, file, text)
    corpus.labels.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
