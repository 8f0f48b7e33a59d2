#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
stanch scan - <&-
echo "status $?"
stanch redact <&-
echo "status $?"
