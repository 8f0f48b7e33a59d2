#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What rules cost: how often their literals stand there, what comes of it.
{ rule test-one tone_; rule test-two ttwo_; rule test-idle tidle_; } >r.toml
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo "tone_1234567$((i - 1)) tone_ tone_x ttwo_30718294"
done >log
stanch rules bench --no-builtin -r r.toml -f jsonl log |
	sed 's/"ns":[0-9]*/"ns":N/' | sort
stanch rules bench --no-builtin -r r.toml - <log | sed -n 1p
stanch rules bench --no-builtin -r r.toml log | tail -n 1
stanch rules bench --no-builtin -r r.toml -f jsonl | grep -c kept
: >empty
status stanch rules bench --no-builtin -r r.toml empty
status stanch rules bench --no-builtin -r r.toml missing
