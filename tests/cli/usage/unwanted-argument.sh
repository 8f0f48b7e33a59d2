#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch scan --quiet=yes
status stanch redact file
status stanch rules list github-pat
status stanch rules show one two
status stanch version now
