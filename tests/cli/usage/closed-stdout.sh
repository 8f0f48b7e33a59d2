#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A closed standard output is an error, not silence.
for c in version 'rules list' 'scan .' --help man; do
	# shellcheck disable=SC2086
	stanch $c >&- 2>>messages
	echo "status $?"
done
stanch redact </dev/null >&- 2>>messages
echo "status $?"
cat messages
