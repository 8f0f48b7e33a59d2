#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# Comments have a say only when the caller asks for it, ours with a reason.
mkdir tree
cat >tree/f <<'END2'
a = tone_70395281 # stanch:allow made up for a test
b = tone_70395282 # stanch:allow
c = tone_70395283 // gitleaks:allow
d = tone_70395284 /* stanch:allow */
e = tone_70395285
END2
for whose in none own all; do
	echo "$whose"
	stanch scan --no-builtin -r rules.toml -f jsonl \
		--allow-comments "$whose" tree |
		grep -oE '"line":[0-9]+|"let_pass":[0-9]+'
done
stanch scan --no-builtin -r rules.toml --allow-comments all tree | tail -n 1 |
	sed 's/in .* s:/in N s:/'
stanch scan --allow-comments some tree
echo "status $?"
