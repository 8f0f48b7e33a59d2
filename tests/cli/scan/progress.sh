#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# A line on the terminal when the work takes long, and only then.
export TERM=xterm
terminal() {
	script -qec "$*" /dev/null | grep -q 'files, ' && echo shown || echo none
}
cat >slow <<'END'
head -c 1M /dev/zero; sleep 1.3; head -c 1M /dev/zero; sleep 0.3
END
scan='stanch scan -o /dev/null --no-builtin -r ../rules.toml'
terminal "bash -c 'bash slow | $scan -'"
terminal "bash -c 'bash slow | $scan --no-progress -'"
terminal "bash -c 'bash slow | $scan --quiet -'"
terminal "bash -c 'head -c 1M /dev/zero | $scan -'"
TERM=dumb terminal "bash -c 'bash slow | $scan -'"
