#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml
printf 'sixteen bytes of key' >key
printf 'sixteen bytes of kez' >other
chmod 600 key other

redact() {
	stanch redact --no-builtin -r ../rules.toml "$@"
}
line='a tone_70395286 b tone_70395286 c tone_70395287'
echo "$line" | redact --key-file key --tag '<{rule}:{hash}>' >one
echo "$line" | redact --key-file other --tag '<{rule}:{hash}>' >two
grep -cE '^a (<test-one:[0-9a-f]{16}>) b \1 c <test-one:[0-9a-f]{16}>$' one
grep -oE '[0-9a-f]{16}' one | sort -u | wc -l
cmp -s one two || echo another key, another pseudonym
redact --key-file key --tag '<{rule}:{hash}>' <one >again
cmp again one && echo stays

echo "$line" | status redact --tag '<{hash}>'
# Of the built-in rules one takes any such value for a password.
echo "$line" | status stanch redact --key-file key --tag '{hash}'
