#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Rules on paths, allow-lists and words that must stand before are told of.
{
	rule test-path tone_
	echo "path = '''[.]py\$'''"
	rule test-allow ttwo_
	printf '[[rules.allowlists]]\ndescription = "samples"\n'
	printf 'stopwords = ["00"]\n'
	rule test-within tthree_
	echo 'within = ["acme"]'
	rule test-weak tfour_ | sed 's/shaped/heuristic/'
	echo 'entropy = 3.3'
} >rules.toml
{
	echo tone_12345671
	echo ttwo_12300781
	echo tthree_12345671
	echo acme tthree_27182818
	echo tfour_11112222
	echo tfour_27143859
} >log
for line in 1 2 3 4 5 6; do
	status stanch explain --no-builtin -r rules.toml log:$line
done
status stanch explain --no-builtin -r rules.toml -c heuristic log:6
