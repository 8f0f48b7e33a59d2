#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A tag that would be masked again by the next filter is refused.
echo plain | stanch redact --tag "$(stanch rules example github-pat)"
