#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >../rules.toml

# An unknown key may be a misspelt one that was relied on: it is refused.
{ cat ../rules.toml; echo 'colour = "red"'; } >key.toml
echo tone_70395286 >file
status stanch scan --no-builtin -r key.toml file
# One that gitleaks knows and we do not honour is said, and the rest holds.
{ cat ../rules.toml; echo '[extend]'; echo 'url = "x"'; } >extend.toml
stanch scan -f jsonl --no-builtin -r extend.toml file >report
echo "status $?"
grep -c '"rule_id"' report
# Nothing of it when only errors are wanted.
status stanch scan -q --no-builtin -r extend.toml file
