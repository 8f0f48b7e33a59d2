#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The reader is gone before a byte is written.
echo plain >file
gone() {
	{ "$@"; echo "status $?" >>status; } | true
	cat status
	rm status
}
late() {
	sleep 0.2
	"$@"
}
gone late stanch version
gone late stanch rules list
gone late stanch scan file
gone late stanch scan -f jsonl file
gone late stanch redact <file
