#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# helpers.sh - read before every case (see run.sh).  No secret stands in a
# case: they are made when it runs.

# A secret that rule $1 finds; more arguments go to 'stanch rules example'.
secret() {
	stanch rules example "$@"
}

# $1 is rule's id, $2 a literal of 4 bytes or more: the rule finds the literal
# with 8 digits after it.  To be put in a rule file.
rule() {
	printf '[[rules]]\nid = "%s"\ndescription = "Test %s"\n' "$1" "$1"
	printf "regex = '''\\\\b%s[0-9]{8}\\\\b'''\n" "$2"
	printf 'confidence = "shaped"\n'
	printf 'impact = "high"\npositive = ["%s{{digit:8}}"]\n' "$2"
}

# Runs "$@" with its exit status on standard output, and never fails.
status() {
	"$@"
	echo "status $?"
}

# No more than $1 KiB of addresses for what is run from here on.  Fails where
# that cannot work: sanitizers and valgrind take all there are.
limit_memory() {
	[ -z "$TEST_NO_LIMIT" ] && ulimit -v "$1"
}

# Fails the case, with a reason.
fail() {
	echo "case: $*"
	exit 1
}
