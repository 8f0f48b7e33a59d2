#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# What is in an image says of which, in which layer, and what deletes it.
python3 "$TOP/tests/cli/scan/images.py"
gzip -n oci.tar
told() {
	stanch scan --no-builtin -r rules.toml --show-secrets -f jsonl "$@" |
		python3 -c '
import json, re, sys
for r in sorted(map(json.loads, sys.stdin), key=lambda r: r.get("secret", "")):
    if r["type"] == "finding":
        for text in r["path"], "    " + str(r.get("image")):
            text = re.sub("[0-9a-f]{12,64}", "ID", text)
            print(re.sub("(long/)+", "long/", text))'
}
told oci.tar.gz
told saved.tar
tar -cf outer.tar saved.tar
stanch scan --no-builtin -r rules.toml outer.tar | grep -A 2 layer.tar
# A package with such files is no image, and loses nothing.
mkdir p
echo tone_70395281 >p/index.json
echo '["tone_70395282"]' >p/manifest.json
tar -cf p.tar p
told p.tar
