#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What the log cannot be shown to lack must not come out, unless that is asked
# for.
rule test-one tone_ >../rules.toml

redact() {
	printf 'a tone_70395286 b\n' | status stanch redact --no-builtin \
		-r ../rules.toml "$@"
}
redact --audit /dev/full
redact --audit nowhere/audit
echo something >taken
redact --audit taken
cat taken
redact --audit-fd 1
redact --audit-fd 77
for _ in 1 2 3 4 5 6; do
	printf 'a tone_70395286 b\n'
done >lines
limited() (
	# In KiB: not all of the records.
	ulimit -f 1
	status stanch redact --no-builtin -r ../rules.toml --audit "$@" \
		<lines >out
	cat out
)
limited one
limited two --on-audit-error continue
stanch audit-log verify two | head -n 1
