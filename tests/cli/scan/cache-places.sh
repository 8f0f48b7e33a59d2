#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# Where compiled rules are kept, for their owner alone.
unset STANCH_CACHE_DIR
export STANCH_MATCHER=hyperscan	# the other one keeps nothing
echo plain >file
scan() { stanch scan -q --no-builtin -r ../rules.toml "$@" file; }
entries() { [ ! -d "$1" ] || find "$1" -type f | wc -l; }
scan
stat -c %a "$HOME/.cache" "$HOME/.cache/stanch"
entries "$HOME/.cache/stanch"
XDG_CACHE_HOME=$PWD/xdg scan
stat -c %a xdg/stanch
entries xdg/stanch
XDG_CACHE_HOME=relative scan
[ ! -e relative ] || fail 'a relative XDG_CACHE_HOME counts'
STANCH_CACHE_DIR=$PWD/env/deep scan
entries env/deep
STANCH_CACHE_DIR=$PWD/env2 scan --cache-dir option
entries option
[ ! -e env2 ] || fail 'the option does not come first'
STANCH_CACHE_DIR=$PWD/none scan --no-cache
[ ! -e none ] || fail 'a cache that was not wanted'
# Without a home, or with another's, there is none.
env -u HOME stanch scan -q --no-builtin -r ../rules.toml file
[ "$(id -u)" -ne 0 ] || {
	mkdir theirs
	chown 12345 theirs
	HOME=$PWD/theirs scan
	ls -A theirs
}
# A place that cannot be used is said, and not needed.
echo >in-the-way
stanch scan --no-builtin -r ../rules.toml --cache-dir in-the-way/x file \
	>report
echo "status $?"
