#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

echo 'on a line: tone_70395286' |
	stanch scan -f jsonl --no-builtin -r ../rules.toml - >report
echo "status $?"
grep -o '"line":1,"column":12' report
# Beside other paths, too.
echo tone_70395286 >file
stanch scan -q --no-builtin -r ../rules.toml file - </dev/null
echo "status $?"
# An empty stream was read to its end.
stanch scan -q --no-builtin -r ../rules.toml - </dev/null
echo "status $?"
