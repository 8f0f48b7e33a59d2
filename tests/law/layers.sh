#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Who may include what.  Rooms: as src/layers.txt says, and "stanch.h" for
# all.  Libraries: each in its one place.
set -u
git grep -nE '^[[:space:]]*#[[:space:]]*include' -- 'src/*.[ch]' 'src/*.cc' |
awk -F: '
function wrong(what)
{
	print $1 ":" $2 ": " what
	bad = 1
}
# Includes that match are for files whose path matches, alone.
function only(include, path)
{
	if (name ~ include && $1 !~ path)
		wrong("only " path " may include " name)
}
NR == FNR {
	n = split($2, seen, " ")
	ok[$1, $1] = 1
	for (i = 1; i <= n; i++)
		ok[$1, seen[i]] = 1
	next
}
{
	name = $3
	sub(/^[^"<]*["<]/, "", name)
	sub(/[">].*/, "", name)
	only("^hs[_a-z]*\\.h$", "^src/engine/")
	only("^pcre2", "^src/base/re\\.c$")
	only("^(jansson|zlib)\\.h$|^openssl/", "^src/base/")
	only("^toml[+][+]/", "^src/base/toml\\.cc$")
	only("^criterion/", "^tests/")
	if ($3 !~ /"/ || name == "stanch.h")
		next
	split($1, from, "/")
	if (split(name, to, "/") != 2)
		wrong("include \"room/file.h\", not \"" name "\"")
	else if (!((from[2], from[2]) in ok))
		wrong("room " from[2] " is not in src/layers.txt")
	else if (!((from[2], to[1]) in ok))
		wrong(from[2] " may not see " to[1])
}
END { exit bad }' src/layers.txt -
