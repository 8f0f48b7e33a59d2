#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Nothing that it prints holds a secret, unless it is asked for.
secret github-pat >a
stanch explain a:1 >text
stanch explain -f jsonl a:1 >json
grep -cFf a text json
stanch explain --show-secrets a:1 >text
stanch explain --show-secrets -f jsonl a:1 >json
grep -cFf a text json
