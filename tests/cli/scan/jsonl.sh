#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One object a line, the summary last; offsets are the secret's.
mkdir tree
secret github-pat >token
{ echo line one; printf 'key: '; cat token; } >tree/config
stanch scan -f jsonl tree >report
echo "status $?"
python3 - <<'END'
import json
lines = [json.loads(line) for line in open("report")]
token = open("token").read().strip()
f, summary = lines[0], lines[-1]
data = open("tree/config").read()
assert len(lines) == 2, lines
assert f["rule_id"] == "github-pat", f
assert f["path"] == "tree/config" and f["line"] == 2, f
assert f["column"] == 6, f
assert data[f["start"]:f["end"]] == token, f
assert "secret" not in f and token not in open("report").read()
assert f["confidence"] == "proven" and f["severity"] == "critical", f
END
