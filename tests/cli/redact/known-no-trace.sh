#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A given value is in no cache and no report of ours, nor in the command line.
# What is kept is made of the rules alone.
v=x7Kq2wZ44pLm9R
export DEPLOY_TOKEN=$v
mkdir -m 700 ../cache
export STANCH_MATCHER=hyperscan	# the other one keeps nothing
echo "$DEPLOY_TOKEN" | stanch redact --mask-env --stats --cache-dir ../cache \
	>../out 2>../err
grep -c . ../out ../err
grep -rlai -e x7Kq2 -e "$(printf %s "$DEPLOY_TOKEN" | od -An -tx1 | tr -d ' \n')" ../cache ../out \
	../err
echo "files in the cache: $(find ../cache -type f | wc -l)"
# shellcheck disable=SC2016 # it is for the shell that is run
echo "$DEPLOY_TOKEN" | stanch redact --mask-env --no-cache -- \
	bash -c 'cat; tr "\0" " " </proc/$PPID/cmdline; echo'
