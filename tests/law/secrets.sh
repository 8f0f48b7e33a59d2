#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Nothing shaped like a secret in the repository: the program looks at its own
# files.  secrets.allow lists what is let pass, a line each: path, rule, why.
set -u
allow=tests/law/secrets.allow

git ls-files -z | xargs -0 "${BUILD:-build}/stanch" scan --no-progress \
	--no-cache --confidence shaped --format jsonl |
awk -v allow="$allow" '
function field(name)
{
	if (!match($0, "\"" name "\":(\"[^\"]*\"|[0-9]+)"))
		return ""
	value = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
	gsub(/"/, "", value)
	return value
}
function wrong(what)
{
	print what
	bad = 1
}
BEGIN {
	while ((getline line <allow) > 0) {
		n++
		if (line ~ /^(#|$)/)
			continue
		if (split(line, part, " ") < 3)
			wrong(allow ":" n ": path, rule and reason, please")
		listed[part[1], part[2]] = n
	}
}
field("type") == "finding" {
	key = field("path") SUBSEP field("rule_id")
	if (key in listed)
		used[key] = 1
	else
		wrong(field("path") ":" field("line") ": " field("rule_id"))
}
field("type") == "gap" && field("path") != "" {
	wrong(field("path") ":1: could not be looked at")
}
# xargs may start the program more than once: each must have come to an end.
field("type") == "summary" { whole += /"complete":true/ ? 1 : -1000 }
END {
	for (key in listed)
		if (!(key in used))
			wrong(allow ":" listed[key] ": no longer needed")
	if (whole < 1)
		wrong(allow ":1: the scan was not complete")
	exit bad
}'
