#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# 64 MiB of memory are enough, with a thousand values, for any input that goes
# on and on: 16 MiB of each here, 256 MiB with --long.
[ -z "$TEST_NO_LIMIT" ] || exit 77
stanch redact </dev/null	# the rules are compiled once
mib=16
[ -z "$TEST_LONG" ] || mib=256
python3 "$TOP/tests/cli/redact/memory.py" $mib
