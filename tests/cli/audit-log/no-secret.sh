#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Nothing of a secret is in it: not itself, not a part, not a hash that
# anybody could try out.
printf 'sixteen bytes of key' >key
chmod 600 key
one=$(secret github-pat)
two=$(secret npm-access-token)
printf 'token %s\ntoken %s\n' "$one" "$two" >in
for with in '--key-file key' '--stats'; do
	rm -f audit
	# shellcheck disable=SC2086 # an option and its argument
	stanch redact --audit audit --audit-hash $with <in >log 2>said
	grep -c '"ev":"redact"' audit
	for part in "$one" "${one:4:12}" "${one: -8}" "$two" \
		"${two:6:12}"; do
		! grep -qF -e "$part" audit || fail "$part"
		for sum in md5sum sha1sum sha256sum; do
			hash=$(printf '%s' "$part" | $sum | cut -c 1-16)
			! grep -qF "$hash" audit || fail "$sum of $part"
		done
	done
done
grep -c '"fp"' audit || :
