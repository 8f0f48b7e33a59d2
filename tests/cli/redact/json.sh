#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Lines of JSON stay JSON, whatever is masked in them.
rule test-one tone_ >../rules.toml
cat >>../rules.toml <<'TOML'
[[rules]]
id = "test-number"
description = "Test number"
regex = '''"pin": ?([0-9]{8})\b'''
confidence = "shaped"
TOML

redact() {
	stanch redact --no-builtin -r ../rules.toml --json "$@"
}
cat >in <<'JSON'
{"a": "tone_70395286", "b" : [1.50, "x tone_70395286 y"], "a": 1e400}
{"tone_70395286": {"nested": "{\"k\":\"tone_70395286\"}"}}
{"escaped": "\u0074one_7039528\u0036", "half": "\u0041tone_70395286"}
{"pin": 70395286, "pins": [1, 2]}
{"no": "JSON tone_70395286", }
text tone_70395286 "and" {more}
"tone_70395286"
JSON
redact <in >once
cat once
redact <once >twice
cmp twice once && echo stays
redact --tag '<"{rule}">' <in | head -n 4
redact --fill x <in | head -n 4
# A line goes when it is whole, text at once.
{ printf '{"a":'; sleep 0.3; printf '1}\nprompt> '; sleep 0.3; } |
	redact >piece &
sleep 0.15
[ ! -s piece ] || fail 'half a line came out'
sleep 0.3
cat piece
wait
echo
# Longer than any that is held.
{ printf '{"a":"'; head -c 300000 /dev/zero | tr '\0' x
	printf ' tone_70395286"}\n{}\n'; } | redact --stats 2>said | tail -c 40
sed 's/, at most.*//' said
