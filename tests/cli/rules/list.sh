#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A header, then a line a rule in columns; as JSON one object a line.
stanch rules list >table
stanch rules list --format jsonl >lines
head -n 1 table | tr -s ' '
[ $(($(wc -l <table) - 1)) -eq "$(wc -l <lines)" ] || fail 'counts differ'
python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    assert r.pop("part", True) is True, r
    assert sorted(r) == ["category", "confidence", "description", "id",
        "provider", "severity"], r
    assert r["id"] and r["description"], r
' <lines
grep -c '^github-pat ' table
