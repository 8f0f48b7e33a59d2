#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A cache directory that others may write to is not used, and that is said.
echo plain >file
mkdir open
chmod 777 open
export STANCH_MATCHER=hyperscan	# the other one keeps nothing
stanch scan --cache-dir open --quiet file
ls -A open
