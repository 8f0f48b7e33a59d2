#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Each mistake that a rule's author can make is refused, with its place and
# what to do.
with() { rule test-one tone_ | sed "s/^regex.*/regex = '''$1'''/"; }
with 'x{0,8}' >empty.toml
{ with '[0-9]{0,8}'; echo 'keywords = ["tone_"]'; } >empty-by-word.toml
with 'tone_[0-9]+' >unbounded.toml
{ with 'tone_[0-9]+'; echo 'unbounded = "the issuer states no end"'; } >why.toml
with '[0-9a-f]{32}' >no-anchor.toml
with 'tone_[0-9]{9}' >positive.toml
{ rule test-one tone_; echo 'negative = ["tone_{{digit:8}}"]'; } >negative.toml
{ rule test-one tone_; rule test-one ttwo_; } >twice.toml
{ rule test-one tone_; echo 'validate = ["githab-token"]'; } >check.toml
{ with 'tone_(?:[0-9]+)+x'; echo 'unbounded = "a trap"'; } >nested.toml
with 'tone_(?:[0-9]{1,9}){1,9}x' >bounded-trap.toml
sed -i 's/}}"/}}x"/' nested.toml bounded-trap.toml
for f in empty empty-by-word unbounded why no-anchor positive negative twice \
	check nested bounded-trap; do
	status stanch rules check --no-builtin $f.toml 2>&1
done
