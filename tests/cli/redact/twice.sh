#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The tag of a password is not taken for one, where names stand before it.
secret database-mysql-dsn | stanch redact >once
stanch redact <once >again
cmp once again
grep -c 'REDACTED:database-mysql-dsn' once
