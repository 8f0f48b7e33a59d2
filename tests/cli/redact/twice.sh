#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The tag of a password is not taken for one, where names stand before it.
printf 'go:Qx9kW2@tcp(db:3306)/app\nhttp://me:k8sJ2wq0Zx@host/\n' |
	stanch redact >once
stanch redact <once | cmp - once
cat once
