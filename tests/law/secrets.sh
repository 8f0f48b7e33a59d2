#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: no live-looking secret stands in the repository.  Our own files are
# scanned with the program that was built.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=$(cd "${BUILD:-build}" && pwd) || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# PATH RULE of findings that are known, and why.
known() {
	grep -v '^#' <<-'END'
	END
}

mkdir "$work/tree"
git ls-files -z | xargs -0 cp --parents -t "$work/tree"
cd "$work/tree" || exit 2
"$build/stanch" scan --format jsonl . >"$work/report"
case $? in
0) exit 0 ;;
1) ;;
*) echo "stanch scan: did not come to its end"; exit 1 ;;
esac
python3 - "$work/report" <(known) <<'END'
import json
import sys

known = {tuple(line.split()) for line in open(sys.argv[2]) if line.strip()}
bad = False
for line in open(sys.argv[1]):
    record = json.loads(line)
    if record["type"] != "finding":
        continue
    path = record["path"].removeprefix("./")
    if (path, record["rule_id"]) not in known:
        print(f"{path}:{record['line']}: {record['rule_id']}")
        bad = True
sys.exit(bad)
END
