#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A key of many lines goes from its BEGIN, and stays gone when it has no END.
secret private-key-rsa >key
{ echo before; cat key; echo after; } | stanch redact >out
echo "status $?"
sed -n '1p; $p' out
sed -n '2,$p' key | while IFS= read -r line; do
	[ ${#line} -lt 16 ] || grep -F -e "$line" out
done
head -n 4 key | stanch redact | grep -F -e "$(sed -n 3p key)"
echo 'no more'
