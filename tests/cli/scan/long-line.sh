#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A line without end: little memory, and the secret at its end is found.
size=256M
[ -z "$TEST_LONG" ] || size=4G
stream() {
	head -c $size /dev/zero | tr '\0' a
	printf ' tone_70395286 '
}
stanch scan -q --no-builtin -r ../rules.toml - </dev/null	# warm the cache
limit_memory 400000
stream | stanch scan -f jsonl -j 1 --no-builtin -r ../rules.toml - >report
echo "status $?"
grep -c '"rule_id":"test-one"' report
