#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The journal of systemd, secrets masked, to hand on or to look at:
#
#	journal.sh -f -u app.service		as lines of text
#	journal.sh --json -f >app.jsonl		as JSON lines, which stay such
#
# All other arguments are journalctl's.
set -euo pipefail
if [ "${1:-}" = --json ]; then
	shift
	journalctl --output json "$@" | stanch redact --json
else
	journalctl --output short-iso "$@" | stanch redact
fi
