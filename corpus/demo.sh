#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The main job on real input, for a newcomer to watch: finds secrets planted
# in a small project and in a real tree, and masks secrets planted in a real
# log.  "make demo" runs it.
#
#	demo.sh DIR [TREE]	works in DIR; TREE (/usr/share) is only read
#
# Exit status: 0 every planted secret was found and masked, and every other
# byte of the log is as it was; 1 not so; 2 it could not be tried.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-build}
export STANCH=$build/stanch
dir=${1:?usage: demo.sh DIR [TREE]}
tree=${2:-/usr/share}
failed=0

bold='' plain=''
[ ! -t 1 ] || bold=$'\e[1m' plain=$'\e[0m'

step() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
note() { printf '   %s\n' "$*"; }
check() {	# check WHAT COMMAND...
	local what=$1
	shift
	if "$@"; then
		note "ok    $what"
	else
		note "FAIL  $what"
		failed=1
	fi
}

# ---- a tree ----

plant_project() {
	rm -rf "$dir/project"
	"$here/make-corpus.sh" "$dir" project
	step "1. A small project with secrets in it: $dir/project"
	note "$(wc -l <"$dir/planted.tsv") secrets, made up just now, in" \
		"$(cut -f 1 "$dir/planted.tsv" | uniq | wc -l) files" \
		"(.env, YAML, JSON, Python, Terraform, keys, UTF-16, a binary)."
}

scan() {	# scan OPTION...; a finding or a gap is no failure
	local status=0
	"$STANCH" scan "$@" "$dir/project" "$tree" || status=$?
	case $status in 0 | 1 | 4 | 5) ;; *) exit 2 ;; esac
}

scan_trees() {
	step "2. stanch scan $dir/project $tree"
	scan --no-progress >"$dir/scan.txt"
	head -n 15 "$dir/scan.txt" | sed 's/^/   /'
	note "... ($dir/scan.txt has all of them) ..."
	tail -n 1 "$dir/scan.txt" | sed 's/^/   /'
	scan --format jsonl --output "$dir/scan.jsonl" --no-progress
	note "$(grep -c "\"path\":\"$tree/" "$dir/scan.jsonl") of them lie in" \
		"$tree itself: nobody planted those."
}

# Findings of rule $2 in the project's file $1.
found() {
	grep -F "\"rule_id\":\"$2\"" "$dir/scan.jsonl" |
		grep -cF "\"path\":\"$dir/project/$1\"" || true
}

check_scan() {
	local file rule planted missing=0
	while read -r planted file rule; do
		[ "$(found "$file" "$rule")" -eq "$planted" ] && continue
		note "not found as planted: $rule in $file"
		missing=$((missing + 1))
	done < <(sort "$dir/planted.tsv" | uniq -c)
	check "every planted secret was found, as what it is" \
		[ $missing -eq 0 ]
}

# ---- a log ----

# The package manager's own log, from the machine this runs on.
take_log() {
	local f
	: >"$dir/log"
	for f in /var/log/dpkg.log /var/log/apt/term.log; do
		if [ -r "$f" ] && [ -s "$f" ]; then
			cat "$f" >>"$dir/log"
			from="${from:-}${from:+ and }$f"
		fi
	done
	[ -s "$dir/log" ] && return
	from="dpkg -l (the package manager's log is not to be read here)"
	dpkg -l >"$dir/log"
}

# What a build might print, % for the secret; its rule before it.
leaks=(
	'github-pat|+ export GITHUB_TOKEN=%'
	'npm-access-token|npm notice publishing with % as given'
	'slack-bot-token|> Authorization: Bearer %'
	'jwt|< set-cookie: session=%; HttpOnly'
	'stripe-secret-key|{"level":"debug","stripe":"%"}'
	'private-key-rsa|+ cat deploy.key ; %'
	'pypi-upload-token|Uploading as __token__ / %'
	'digitalocean-access-token|~ token = "%" -> (known after apply)'
)

# Writes the log with a leak after each part of it, and what must become of
# that: the same with the tag where each secret stands.
plant_log() {
	local i rule text secret line
	rm -f "$dir"/part.*
	split -n l/${#leaks[@]} "$dir/log" "$dir/part."
	rm -f "$dir/leaky.log" "$dir/expected.log" "$dir/secrets"
	i=0
	for part in "$dir"/part.*; do
		rule=${leaks[i]%%|*} text=${leaks[i]#*|} i=$((i + 1))
		secret=$("$STANCH" rules example --seed $((100 + i)) "$rule")
		line=$(tail -n 1 "$part" | tr -d '\0\r')
		cat "$part" >>"$dir/leaky.log"
		cat "$part" >>"$dir/expected.log"
		printf '%s %s%s%s\n' "$line" "${text%%%*}" "$secret" \
			"${text#*%}" >>"$dir/leaky.log"
		printf '%s %s%s%s\n' "$line" "${text%%%*}" "[REDACTED:$rule]" \
			"${text#*%}" >>"$dir/expected.log"
		printf '%s\n' "$secret" >>"$dir/secrets"
	done
	rm -f "$dir"/part.*
	step "3. A real log: $from"
	note "$(wc -l <"$dir/log") lines; ${#leaks[@]} of them were copied" \
		"with a made-up secret put in, one a whole private key."
}

redact_log() {
	step "4. stanch redact --stats <$dir/leaky.log >$dir/redacted.log"
	"$STANCH" redact --stats <"$dir/leaky.log" >"$dir/redacted.log" \
		2>"$dir/stats" || { cat "$dir/stats" >&2; exit 2; }
	grep -aF '[REDACTED:' "$dir/redacted.log" | cut -c 1-150 |
		sed 's/^/   /'
	fold -s -w 74 "$dir/stats" | sed 's/^/   /'
}

no_secret_left() {
	# A line of a key too short to tell would prove nothing.
	awk 'length >= 16' "$dir/secrets" >"$dir/needles"
	! grep -aqF -f "$dir/needles" "$dir/redacted.log"
}

check_log() {
	check "no planted secret, no line of the key came through (grep)" \
		no_secret_left
	check "all other bytes are the same (cmp)" \
		cmp "$dir/expected.log" "$dir/redacted.log"
}

mkdir -p "$dir"
plant_project
scan_trees
check_scan
take_log
plant_log
redact_log
check_log
if [ $failed -ne 0 ]; then
	step "FAILED: look at the lines above and the files in $dir"
	exit 1
fi
step "All planted secrets were found and masked."
note "Try: $STANCH scan .   or   make 2>&1 | $STANCH redact"
