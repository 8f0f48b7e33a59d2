#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# UTF-16, names with colons, and hostile bytes beside it.
secret github-pat >a:7
status stanch explain a:7
iconv -t UTF-16LE a:7 >wide
status stanch explain wide:1
printf '\033[31mpassword\033[0m = "\033]0;x\007"\n' >odd
stanch explain odd:1 | grep -c "$(printf '\033')"
