#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Who reads the output has seen enough: the command is told, and ends.
stanch redact --no-cache -- yes plain | head -n 2
echo "${PIPESTATUS[0]}"
stanch redact --no-cache -- sh -c 'echo first; exec >&-; echo later >&2; exit 3'
echo "status $?"
