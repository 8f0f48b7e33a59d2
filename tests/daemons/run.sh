#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The examples in contrib/daemons, each with the daemon itself, which logs
# secrets: they must not be in what comes out, and all else must.
#
#	run.sh ROOT	where 'make install' put stanch, with PREFIX=/usr
set -u
root=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")/../../contrib/daemons" && pwd)
work=$(mktemp -d)
pid=''
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$work"' EXIT
mkdir -m 700 "$work/cache"
export STANCH_CACHE_DIR=$work/cache PATH=$root/usr/bin:/usr/sbin:$PATH
export PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
passed=0 failed=0

ok() {		# ok WHAT COMMAND...
	local what=$1

	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $what"
	fi
}

token=$(stanch rules example github-pat)
stanch rules example private-key-openssh >"$work/key"

clean() {	# clean FILE TAGS TEXT: that many tags, no secret, the text
	grep -qF -- "$3" "$1" && ! grep -qF "$token" "$1" &&
		[ "$(grep -cF '[REDACTED:' "$1")" -eq "$2" ]
}

# ---- rsyslog ----

# A configuration of ours, in a daemon that hears one socket.
start() {	# start CONF
	{
		echo 'module(load="imuxsock" SysSock.Use="off")'
		echo "input(type=\"imuxsock\" Socket=\"$work/socket\"" \
			'RateLimit.Interval="0")'
		sed "s:/var/log:$work:; s:/usr/bin:$root/usr/bin:" "$here/$1"
	} >"$work/conf"
	rm -f "$work/clean.log" "$work/socket"
	rsyslogd -n -f "$work/conf" \
		-i "$work/pid" 2>"$work/said" &
	pid=$!
	for _ in {1..100}; do
		[ ! -S "$work/socket" ] || return 0
		sleep 0.1
	done
	cat "$work/said"
	return 1
}

# Until the last message has come out; then the daemon ends.
finish() {
	logger -u "$work/socket" -t app 'that was all'
	for _ in {1..200}; do
		! grep -qs 'that was all' "$work/clean.log" || break
		sleep 0.1
	done
	kill "$pid"
	wait "$pid" 2>/dev/null
	pid=''
}

ok 'omprog: rsyslog starts' start rsyslog-omprog.conf
logger -u "$work/socket" -t app "the token is $token, and more"
while IFS= read -r line; do
	logger -u "$work/socket" -t app -- "$line"
done <"$work/key"
finish
ok 'omprog: a token in a message' \
	clean "$work/clean.log" 2 'app: the token is [REDACTED:'
ok 'omprog: a key in many messages' \
	grep -q 'app: \[REDACTED:private-key' "$work/clean.log"
ok 'omprog: what follows' grep -q 'app: that was all' "$work/clean.log"

# shellcheck disable=SC2046 # words they are
ok 'mmexternal: it builds' cc -Wall -Wextra -Werror -D_GNU_SOURCE \
	-o "$root/usr/bin/stanch-mmexternal" "$here/mmexternal.c" \
	$(pkg-config --cflags --libs stanch) -Wl,-rpath,"$root/usr/lib"
ok 'mmexternal: rsyslog starts' start rsyslog-mmexternal.conf
logger -u "$work/socket" -t app "the \"token\" is $token, and more"
finish
ok 'mmexternal: a token in a message' \
	clean "$work/clean.log" 1 'the "token" is [REDACTED:github-pat], and'

# ---- the journal ----

entry() {	# entry MESSAGE
	printf '%s\n' '__REALTIME_TIMESTAMP=1700000000000000' \
		'__MONOTONIC_TIMESTAMP=1000' PRIORITY=6 SYSLOG_IDENTIFIER=app \
		'_BOOT_ID=0123456789abcdef0123456789abcdef' "MESSAGE=$1" ''
}

{ entry "the token is $token"; entry 'that was all'; } |
	/lib/systemd/systemd-journal-remote -o "$work/a.journal" - \
		>"$work/said" 2>&1 || cat "$work/said"
"$here/journal.sh" --file "$work/a.journal" >"$work/text"
ok 'journal: as text' \
	clean "$work/text" 1 'app: the token is [REDACTED:github-pat]'
"$here/journal.sh" --json --file "$work/a.journal" >"$work/json"
ok 'journal: as JSON' \
	clean "$work/json" 1 '"MESSAGE":"the token is [REDACTED:github-pat]"'
ok 'journal: it stays JSON' python3 -c 'import json, sys
assert len([json.loads(line) for line in sys.stdin]) == 2' <"$work/json"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
