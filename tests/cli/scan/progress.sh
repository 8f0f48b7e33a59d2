#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A line on the terminal when the work takes long, and only then.
export TERM=xterm
terminal() { script -qec "$*" /dev/null | grep -c 'files, '; }
slow() { head -c 1M /dev/zero; sleep 1.3; head -c 1M /dev/zero; sleep 0.3; }
declare -fx slow
scan='stanch scan -o /dev/null --no-builtin -r ../rules.toml'
terminal "bash -c 'slow | $scan -'"
terminal "bash -c 'slow | $scan --no-progress -'"
terminal "bash -c 'slow | $scan --quiet -'"
terminal "bash -c 'head -c 1M /dev/zero | $scan -'"
TERM=dumb terminal "bash -c 'slow | $scan -'"
