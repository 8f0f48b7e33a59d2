#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Of a command both streams are in one audit log, and it cannot write there.
rule test-one tone_ >../rules.toml
redact() {
	stanch redact --no-builtin -r ../rules.toml "$@"
}
exec 7>audit
redact --audit-fd 7 --audit-hash -- sh -c 'echo a tone_70395286
	echo b tone_70395281 tone_70395282 >&2
	( echo forged >&7 ) 2>/dev/null
	exit 3' >out 2>err
echo "status $?"
cat out err
stanch audit-log verify --log out audit | head -n 2
stanch audit-log verify --stream stderr --log err audit | head -n 1
stanch audit-log verify --stream stderr --log out audit | head -n 1
status redact --audit started -- ./no-such-command
status stanch audit-log verify started | grep -v '^last'
