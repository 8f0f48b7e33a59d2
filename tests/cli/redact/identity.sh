#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Without a secret the bytes come out as they went in.
same() {
	cp /dev/stdin in
	stanch redact --no-builtin -r ../rules.toml <in >out || fail "status $?"
	cmp in out && echo same
}
same </dev/null
printf 'no final newline' | same
printf '\0\0\r\n\r\377\376\303\n\n' | same
printf 'tone_7039528' | same
head -c 3M /dev/urandom | same
