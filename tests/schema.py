#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks JSON Lines on standard input, a report or audit log, against a schema.

usage: schema.py docs/finding.schema.json <report.jsonl

Exit 0: every line is valid and the last one is the only one of its kind.  Else 1,
and each problem with its line number.
"""

import json
import sys

import jsonschema


def no_twins(pairs):
    """json keeps the last of two members with one name; we refuse both."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a member twice")
    return dict(pairs)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems = []
    types = []
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            record = json.loads(line.decode("utf-8"),
                                object_pairs_hook=no_twins)
        except ValueError as error:
            problems.append((number, str(error)))
            continue
        problems += [(number, error.message)
                     for error in validator.iter_errors(record)]
        types.append(record.get("type") or record.get("ev"))
    last = types[-1] if types else ""
    if last not in ("summary", "close", "redaction") or types.count(last) != 1:
        problems.append((len(types), "the last line is no lone summary"))
    for number, text in problems:
        print(f"{number}: {text}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
