#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The page renders without complaint and tells of every option of every help.
stanch man >stanch.1
if command -v mandoc >/dev/null; then mandoc -T lint stanch.1; fi
if command -v groff >/dev/null; then
	groff -man -ww -Tutf8 stanch.1 >page
fi
for c in scan redact 'rules list' 'rules example'; do
	# shellcheck disable=SC2086
	stanch $c --help | grep -o -- '--[a-z-]*' | grep -v -- '--help'
done | sort -u | while read -r option; do
	grep -qF -- "${option//-/\\-}" stanch.1 || fail "no $option in it"
done
