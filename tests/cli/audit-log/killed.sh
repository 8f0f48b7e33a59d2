#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Killed at any moment it leaves an audit log that can be checked as far as it
# goes, and that has each tag of the log.
rule test-one tone_ >../rules.toml
printf 'sixteen bytes of key' >key
chmod 600 key
lines() {
	while :; do
		echo 'some text tone_70395286 and some more'
	done
}
for n in 1 2 3 4 5; do
	lines 2>/dev/null | stanch redact --no-builtin -r ../rules.toml \
		--key-file key --audit "audit$n" >"log$n" &
	pid=$!
	until [ -s "log$n" ]; do sleep 0.01; done
	sleep 0.0$n
	kill -9 $pid
	wait $pid 2>/dev/null
	stanch audit-log verify --key-file key --log "log$n" "audit$n" >said
	echo "status $?"
	head -n 1 said
	tags=$(grep -c REDACTED "log$n")
	records=$(grep -c '"ev":"redact"' "audit$n")
	[ "$tags" -ge 1 ] || fail no tag
	[ "$records" -ge "$((tags < 100 ? tags : 100))" ] ||
		fail "$tags tags, $records records"
done
