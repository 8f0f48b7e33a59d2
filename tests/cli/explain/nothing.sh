#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Of a line without anything it says what is nearest.
printf 'one\n\nsecret_of(me)\n\n\nghp_\n' >a
status stanch explain a:1
status stanch explain a:4
status stanch explain a:99
status stanch explain a:1:400
status stanch explain b:1
status stanch explain .
printf 'nothing at all' >c
status stanch explain c
