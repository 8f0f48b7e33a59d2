#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What was done, as JSON at the end: also when a signal is the end, when
# nothing was filtered, and never with a secret.  And --check.
show() {
	sed -E 's/"rules":"[^"]*"/"rules":"..."/; s/"(began|ended)":"[^"]*"/"\1":"..."/g
	s/"policy_hash":"[^"]*"/"policy_hash":"..."/
	s/"held_most":[0-9]*/"held_most":N/; s/"tool":"[^"]*"/"tool":"..."/' "$@"
}
DEPLOY_TOKEN="x7Kq-2wZ/44$(printf pL)"
export DEPLOY_TOKEN SHORT_PASS=a1
log() {
	secret github-pat
	secret github-pat | base64 -w 0
	echo; echo "known $DEPLOY_TOKEN, end"
}
log | stanch redact --no-cache --mask-env=DEPLOY_TOKEN,SHORT_PASS --report r
show r
grep -cF "$DEPLOY_TOKEN" r
grep -cF "$(secret github-pat)" r
echo ---
log | stanch redact --no-cache --check >/dev/null
echo "status $?"
echo clean | status stanch redact --no-cache --check
status stanch redact --no-cache --check -- sh -c 'echo clean; exit 3'
echo ---
status stanch redact --no-cache --report-fd 9 -- ./none 9>r
show r | grep -o '"degraded.*'
status stanch redact --no-cache --report none/r </dev/null
echo ---
# Killed while it waits for more.
mkfifo in
stanch redact --no-cache --report r <in &
exec 8>in
echo first >&8
sleep 1
kill -TERM $!
wait $!
echo "status $?"
show r | grep -oE '"complete":[a-z]*|"degraded.*'
