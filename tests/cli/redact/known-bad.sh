#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What cannot be masked is said before anything comes out, without the value.
echo text | status stanch redact --no-cache --mask-file nowhere
echo text | status stanch redact --no-cache --mask-fd 9
head -c 1100000 /dev/zero | tr '\0' a >../long
echo text | status stanch redact --no-cache --mask-file ../long
head -c 70000 ../long >../one
echo text | status stanch redact --no-cache --mask-file ../one
