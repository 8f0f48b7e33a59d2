#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# The key must be private; with it fingerprints are other ones.
echo tone_70395286 >file
print() {
	stanch scan -f jsonl --no-builtin -r ../rules.toml "$@" file |
		grep -o '"fingerprint":"[^"]*"'
}
head -c 32 /dev/zero >key
chmod 640 key
status stanch scan --key-file key file
chmod 604 key
status stanch scan --key-file key file
chmod 600 key
[ "$(print --key-file key)" != "$(print)" ] || fail 'the key changes nothing'
[ "$(print --key-file key)" = "$(print --key-file key)" ] || fail 'not stable'
print --key-file <(cat key) | cmp - <(print --key-file key)
echo short >key
status stanch scan --key-file key file
head -c 5000 /dev/zero >key
status stanch scan --key-file key file
status stanch scan --key-file none file
