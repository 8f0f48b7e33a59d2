#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# What may not be read is a gap, for root without its powers, too.
may_not=()
[ "$(id -u)" -ne 0 ] ||
	may_not=(setpriv '--bounding-set=-dac_override,-dac_read_search')
mkdir -p tree/shut
echo tone_70395286 >tree/closed
echo tone_70395286 >tree/shut/file
echo plain >tree/open
chmod 0 tree/closed tree/shut
"${may_not[@]}" stanch scan --no-builtin -r ../rules.toml tree
