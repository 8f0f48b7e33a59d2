#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What somebody may try who wants to change what happened, and which of the
# means of docs/audit.md shows it.  Each line: the attack, what is given to
# verify, the verdict, the exit status.
rule test-one tone_ >../rules.toml
printf 'sixteen bytes of key' >key
printf 'sixteen bytes of kez' >other
chmod 600 key other
forge=$TOP/tests/cli/audit-log/forge.py

redact() {	# redact AUDIT LOG OPTION...
	local audit=$1 log=$2

	shift 2
	printf 'a tone_70395286\nb tone_70395281\nc tone_70395286\n' |
		stanch redact --no-builtin -r ../rules.toml \
			--audit "$audit" "$@" >"$log" 2>said || fail redact
}
redact good log --key-file key --audit-hash --stats
redact plain plain.log
redact again again.log --key-file key --audit-hash
redact places places.log --key-file key
head=$(tail -n 1 good | tr -d '\n' | sha256sum | cut -d ' ' -f 1)

try() {	# try ATTACK OPTION...; on the file "bad"
	local attack=$1 verdict status

	shift
	verdict=$(stanch audit-log verify "$@" bad)
	status=$?
	verdict=${verdict%%$'\n'*}
	printf '%s [%s] %s (%s)\n' "$attack" "${*//$head/HEAD}" \
		"${verdict#bad: }" "$status"
}
edit() {	# edit SED-SCRIPT [AUDIT]
	sed "$1" "${2:-good}" >bad
}

cp good bad
try 'none' --key-file key --log log --head "$head"
try 'none'
edit '3s/"at":[0-9]*/"at":9/'
try 'a record changed' --key-file key
try 'a record changed'
edit 3d
try 'a record taken out' --key-file key
try 'a record taken out'
edit '2{h;d};3{G}'
try 'two records swapped'
edit '3p'
try 'a record twice'
edit '3r again'
try 'records of another log put in' --key-file key
edit 1d
try 'the first record taken out' --key-file key
{ head -n 2 good; sed 1,2d again; } >bad
try 'the rest of another log' --key-file key
head -n 4 good >bad
try 'the end cut off' --key-file key
try 'the end cut off' --key-file key --log log
{ head -n 4 good; tail -n 1 good; } >bad
try 'all but the last cut off' --key-file key
head -c -10 good >bad
try 'the last record cut' --key-file key
: >bad
try 'all of it cut off'
{ cat good; tail -n 1 good; } >bad
try 'more after the end'
edit 's/,"mac":"[0-9a-f]*"//'
try 'the MACs taken off' --key-file key
edit 's/"keyed":true/"keyed":false/; s/,"mac":"[0-9a-f]*"//'
try 'the MACs taken off, and said so' --key-file key
cp good bad
try 'another key' --key-file other
cp plain bad
try 'a log without a key for one with' --key-file key

python3 "$forge" good '"rule":"test-one"' '"rule":"test-two"' >bad
try 'all links made anew, without the key' --key-file key
try 'all links made anew, without the key'
python3 "$forge" plain '"rule":"test-one"' '"rule":"test-two"' >bad
try 'all links made anew, and there is no key'
python3 "$forge" good '"rule":"test-one"' '"rule":"test-two"' key >bad
try 'all links made anew, with the key' --key-file key --log log
try 'all links made anew, with the key' --key-file key --head "$head"

cp good bad
echo more >>log
try 'more at the end of the log' --key-file key --log log
redact good2 log2 --key-file key --audit-hash
cp good2 bad
sed 's/^b /x /' log2 >changed
try 'the log changed between tags' --key-file key --log changed
cp places bad
sed 's/^b /x /' places.log >changed
try 'the same, without --audit-hash' --key-file key --log changed
sed '2s/REDACTED/REDUCTED/' places.log >changed
try 'a tag changed' --key-file key --log changed
sed 2d places.log >changed
try 'a line of the log taken out' --key-file key --log changed
head -n 2 places.log >changed
try 'the end of the log cut off' --key-file key --log changed
: >changed
try 'an empty log' --key-file key --log changed
