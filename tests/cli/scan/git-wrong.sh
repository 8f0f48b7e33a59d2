#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What cannot be is refused before anything is scanned, and why is said.
mkdir plain
for option in --history --staged '--since HEAD' '--range A..B' '--refs x'; do
	# shellcheck disable=SC2086 # two words they may be
	status stanch scan $option plain
done
git init -q -b main repo
cd repo || exit
git -c user.name=T -c user.email=t@e.org commit -q --allow-empty -m one
status stanch scan --since nothing
status stanch scan --range main
status stanch scan --range ..
status stanch scan --range main...main
status stanch scan --range main..nothing
status stanch scan --range main~1..main
status stanch scan --refs 'no-such-*'
status stanch scan --history --no-history
status stanch scan --staged --since main
status stanch scan --today yesterday
status stanch scan --since ''
status stanch scan --time-budget soon
# Nothing new is no error.
status stanch scan --range main..main | sed 's/in .* s:/in N s:/'
mv .git/objects .git/gone
status stanch scan --staged 2>&1 | sed 's/in .* s:/in N s:/'
