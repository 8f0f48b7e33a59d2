#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# No script that shellcheck has something to say about.
set -u
git ls-files -z -- '*.sh' .ci/run .ci/packages |
	xargs -0 shellcheck --shell=bash --format=gcc
