#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch audit-log verify missing
echo 'no record' >text
status stanch audit-log verify text
head -c 100000 /dev/zero | status stanch audit-log verify -
echo '{"seq":0,"ev":"open","format":2}' | status stanch audit-log verify -
