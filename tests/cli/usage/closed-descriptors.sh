#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# No file that is opened may get the number of one that was closed: the
# report goes to its file, and nothing else into it.
echo plain >file
stanch scan -f jsonl -o report file <&- >&- 2>&-
echo "status $?"
wc -l <report
# An error with nobody to tell has its status still.
stanch scan --fo >&- 2>&-
echo "status $?"
