#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A secret in a loop does not fill the disk: it is counted.
rule test-one tone_ >../rules.toml
printf 'sixteen bytes of key' >key
chmod 600 key
for _ in {1..5000}; do
	echo 'a tone_70395286 b'
done >in
echo 'a tone_70395281 b' >>in
stanch redact --no-builtin -r ../rules.toml --key-file key --audit audit \
	<in >log
wc -l <audit
grep '"ev":"counted"' audit | grep -oE '"(count|first|last)":[0-9]*'
stanch audit-log verify --key-file key --log log audit | head -n 2
