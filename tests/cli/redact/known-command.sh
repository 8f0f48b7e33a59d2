#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Values that a command puts out; when it fails nothing is let through.
log() {
	echo 'zz9Q-81mm-Xk4Jw0 k4Jw0-x2v-Qz71'
}
log | stanch redact --mask-command 'cat; printf "A=zz9Q-81mm-"; echo Xk4Jw0'
log | stanch redact --mask-command 'echo k4Jw0-x2v-Qz71' -- cat
log | status stanch redact --mask-command 'echo k4Jw0-x2v-Qz71; exit 3'
log | status stanch redact --mask-command 'kill -9 $$'
log | status stanch redact --mask-command 'no-such-program-here 2>/dev/null'
