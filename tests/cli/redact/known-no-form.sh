#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Forms can be left out, the value itself cannot.
first=x7Kq-2wZ
export DEPLOY_TOKEN=$first/44pL
log() {
	printf 'x7Kq-2wZ/44pL x7Kq-2wZ%%2f44pL Lp44/Zw2-qK7x %s %s\n' \
		"$(printf %s "$DEPLOY_TOKEN" | base64)" \
		"$(printf %s "$DEPLOY_TOKEN" | od -An -tx1 | tr -d ' \n')"
}
for forms in base64 hex,reversed broken; do
	log | stanch redact --mask-env --no-form "$forms"
done
log | status stanch redact --mask-env --no-form base64,rot13
