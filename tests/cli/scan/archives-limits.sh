#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# Each limit is a gap, and what is beyond it is scanned as it is.
mkdir t
echo tone_70395281 >t/x
for _ in 1 2 3; do gzip -nc t/x >y && mv y t/x; done
look() {
	stanch scan --no-builtin -r rules.toml "$@" |
		sed -E 's/, [0-9.]+ [A-Za-z]+ in [0-9.]+ s:/, in N s:/'
}
look --max-depth 3 t | tail -n 1
look --max-depth 2 t
rm t/x
echo one >one
echo two >two
tar -cf t/x.tar one two
look --max-members 1 t
rm t/x.tar
head -c 3000000 /dev/zero | gzip -n >t/zeros
look --max-decoded 1M t
stanch scan -q --no-builtin -r rules.toml --max-depth 65 t
echo "status $?"
