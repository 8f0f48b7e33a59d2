#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# 64 hex digits, another when a rule changes, the same when none does.
rule test-one tone_ >one.toml
rule test-two ttwo_ >two.toml
stanch rules digest | tr -d 0-9a-f | wc -c
d() { stanch rules digest --no-builtin "$@"; }
[ "$(d -r one.toml)" = "$(d -r one.toml)" ] || fail 'not the same'
[ "$(d -r one.toml)" != "$(d -r two.toml)" ] || fail 'not another'
[ "$(d -r one.toml)" != "$(stanch rules digest -r one.toml)" ] ||
	fail 'the built-in rules do not count'
