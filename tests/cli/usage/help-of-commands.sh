#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every command's help, asked for in two ways, fits a terminal of 80 by 24
# with a line left for the prompt.
commands=(scan explain hook 'hook install' 'hook run' redact rules 'rules list'
	'rules show' 'rules check' 'rules bench' 'rules example' 'rules digest'
	audit-log 'audit-log verify' version help completion man)
for c in "${commands[@]}"; do
	# shellcheck disable=SC2086 # two words they are
	stanch $c --help >by-option || fail "$c --help"
	# shellcheck disable=SC2086
	stanch help $c >by-command || fail "help $c"
	cmp by-option by-command
	awk -v c="$c" 'length($0) > 80 { print c ": too wide: " $0 }
		END { if (NR > 23) print c ": " NR " lines" }' by-option
	[ "$(head -c 14 by-option)" = 'usage: stanch ' ] || fail "$c: no usage"
done
