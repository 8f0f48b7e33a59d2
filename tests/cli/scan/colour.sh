#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Colour on a terminal only, unless it is not wanted there.
echo tone_70395286 >file
escapes() { tr -dc '\033' | wc -c | sed 's/^[1-9].*/coloured/'; }
scan="stanch scan --no-builtin -r ../rules.toml"
terminal() { script -qec "$*" /dev/null; }
$scan file | escapes
$scan --color=always file | escapes
NO_COLOR=1 $scan --color=always file | escapes
export TERM=xterm
terminal "$scan file" | escapes
terminal "$scan --color never file" | escapes
NO_COLOR=1 terminal "$scan file" | escapes
TERM=dumb terminal "$scan file" | escapes
