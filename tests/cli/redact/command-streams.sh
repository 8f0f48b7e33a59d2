#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Both outputs of a command are filtered, apart and each in order.
rule test-one tone_ >../rules.toml

redact() {
	stanch redact --no-builtin -r ../rules.toml "$@"
}
cat >../cmd <<'CMD'
for i in 1 2 3; do
	echo "out $i tone_7039528$i"
	echo "err $i tone_7039528$i" >&2
done
printf 'no end tone_'
printf 70395289
CMD
redact -- bash ../cmd >../out 2>../err
cat ../out
echo
cat ../err
echo 'in tone_70395286' | redact -- cat -
printf 'from a pipe\n' | redact -- tr a-z A-Z
redact --tag '<>' --stats -- echo tone_70395286
