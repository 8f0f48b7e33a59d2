#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# After -- all are operands, - too is one.
mkdir -- --format -x
status stanch scan -q -- --format -x
echo plain >--format/file
status stanch scan -q -- --format -x
status stanch scan -q --format -x
