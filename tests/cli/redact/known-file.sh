#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a file of values looks like decides how it is read.
mkdir -p ../values
printf '# of the deployment\nexport DB_WORD="zz9Q-81mm"\nEMPTY=\nAPI=k4Jw0-x2v\n' \
	>../values/deploy.env
printf 'zz9Q-81mm\n\nDB_WORD=k4Jw0-x2v is no variable\n' >../values/lines
printf 'two\nlines of it 77\0zz9Q-81mm\0' >../values/nul

log() {
	printf 'zz9Q-81mm k4Jw0-x2v two\nlines of it 77\n'
}
for f in deploy.env lines nul; do
	log | stanch redact --no-cache --mask-file "../values/$f"
done
log | stanch redact --no-cache --mask-fd 5 5<../values/deploy.env
