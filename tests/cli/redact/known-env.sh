#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Values of variables whose names say that they are secret, in other forms too.
v='x7Kq-2wZ/44pL'
export DEPLOY_TOKEN=$v SHORT_PASS=a1 PORT_SECRET=5432
export EDITOR_NAME='q8Zk2-plain' PIN_LOCAL='q8Zk2-local'

log() {
	echo "raw $DEPLOY_TOKEN end, a1, port 5432 and 15432"
	echo "base64 $(printf 'user:%s' "$DEPLOY_TOKEN" | base64)"
	echo "url x7Kq-2wZ%2F44pL json x7Kq-2wZ\\/44pL"
	echo "$EDITOR_NAME $PIN_LOCAL"
}
log | stanch redact --no-cache --mask-env --stats
log | stanch redact --no-cache '--mask-env=pin_*,NOTHING'
