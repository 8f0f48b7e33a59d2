#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Real reports against docs/finding.schema.json and docs/redaction.schema.json
# and real audit logs against docs/audit.schema.json, with odd names, odd secrets
# and gaps in them; and that no report holds a secret that nobody asked for.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$PWD
build=$(cd "${BUILD:-build}" && pwd) || exit 2
[ -x "$build/stanch" ] || { echo "schema.sh: no $build/stanch" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

check() {	# check WHAT COMMAND...
	local what=$1

	shift
	if "$@" >"$work/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $what"
		sed 's/^/     /' "$work/said" | head -n 40
	fi
}

refuses() {	# the command must fail
	! "$@"
}

# ---- a tree ----

rules=(github-pat slack-bot-token stripe-secret-key npm-access-token jwt
	pypi-upload-token private-key-openssh private-key-pkcs8 url-postgres
	aws-secret-access-key generic-password docker-config-auth
	azure-storage-connection-string digitalocean-access-token)

# $1 the file, $2 the rule, $3 what stands before its example.
plant() {
	"$build/stanch" rules example --seed $((++seed)) "$2" >"$work/example"
	{ printf '%s' "$3"; cat "$work/example"; printf '\n'; } >>"$1"
	# Of a block its lines, of an example with a name before it all of it.
	awk 'length >= 16 && !/-----/' "$work/example" >>"$work/secrets"
}

make_tree() {
	local name seed=0 i=0

	mkdir -p "$work/tree/sub" && cd "$work/tree" || exit 2
	for name in plain.txt $'new\nline' $'not \xff UTF-8 \xc3' $'\e[31mred' \
		'quote"back\slash' $'tab\tdel\x7f' $'sub/\xe2\x80\xaeturned' \
		'-x' $'sub/surrogate\xed\xa0\x80' 'sub/{"type":"summary"}'; do
		plant "$name" "${rules[i]}" $'first \xff\xfe line\n\ttoken: '
		i=$((i + 1))
	done
	for (( ; i < ${#rules[@]}; i++)); do
		plant many.txt "${rules[i]}" ''
	done
	plant wide.txt github-pat 'token = '
	iconv -f latin1 -t UTF-16LE wide.txt >wide-le.txt
	printf 'password = "caf\xe9\x01\x02-Zq8%%w_\x80\xff\x7f"\n' >odd.txt
	: >empty
	mkfifo fifo $'odd \xff\nfifo'
	ln -s plain.txt link
	truncate -s 3M large
	git init -q history && cd history || exit 2
	plant file github-pat 'token = ' && git add file
	git -c user.name=$'od\xff' -c user.email=a@b \
		-c i18n.commitEncoding=latin1 commit -q -m one
	git mv file $'other \xff' && echo more >>$'other \xff'
	git add . && git -c user.name=a -c user.email=a@b commit -q -m two
	cd .. || exit 2
	mkdir -p repository/.git/objects
	printf 'ref: refs/heads/main\n' >repository/.git/HEAD
	cd "$top" || exit 2
}

# ---- reports ----

scan() {	# scan NAME OPTION...; findings and gaps are no failure
	local name=$1 status=0

	shift
	"$build/stanch" scan --format jsonl --no-progress --no-cache \
		--max-file-size 1M "$@" "$work/tree" \
		>"$work/$name" || status=$?
	[ $status -eq 5 ] || { echo "exit status $status"; return 1; }
}

valid() {
	python3 "$top/tests/schema.py" docs/finding.schema.json <"$work/$1"
}

# The schema must be able to say no, or nothing was shown above.
refused() {
	sed -e "$1" "$work/plain" >"$work/bent"
	! valid bent
}

count() {
	grep -acF "$2" "$work/$1"
}

has() {	# has REPORT TEXT LEAST
	[ "$(count "$1" "$2")" -ge "$3" ] ||
		{ echo "$2: $(count "$1" "$2") lines, not $3"; return 1; }
}

holds_no_secret() {
	! grep -aF -f "$work/secrets" "$work/$1" || return 1
	! base64_members "$1" | grep -aF -f "$work/secrets"
}

# What the _b64 members of a report say.
base64_members() {
	grep -aoE '_b64":"[^"]*' "$work/$1" | cut -d '"' -f 3 |
		while IFS= read -r text; do
			base64 -d <<<"$text"
			echo
		done
}

holds_secrets() {
	local n

	n=$(grep -acF '"secret":' "$work/$1")
	[ "$n" -eq "$(count "$1" '"type":"finding"')" ]
}

# ---- audit logs ----

audit() {	# audit NAME OPTION... <log
	local name=$1

	shift
	rm -f "$work/$name"
	"$build/stanch" redact --no-cache --audit "$work/$name" "$@" >/dev/null
}

valid_audit() {
	python3 "$top/tests/schema.py" docs/audit.schema.json <"$work/$1"
}

refused_audit() {
	sed -e "$1" "$work/audit" >"$work/bent"
	! valid_audit bent
}

# Secrets, one of them too often, and one in UTF-16.
make_log() {
	cat "$work/tree/many.txt" "$work/tree/wide-le.txt"
	for _ in {1..150}; do
		cat "$work/tree/plain.txt"
	done
}

# ---- reports of redactions ----

redaction() {	# redaction NAME OPTION... <log
	local name=$1

	shift
	DEPLOY_TOKEN=x7Kq-2wZ/44$(printf pL) SHORT_PASS=a1 "$build/stanch" redact \
		--no-cache --mask-env=DEPLOY_TOKEN,SHORT_PASS \
		--report "$work/$name" "$@" >/dev/null 2>&1
}

valid_redaction() {
	python3 "$top/tests/schema.py" docs/redaction.schema.json <"$work/$1"
}

refused_redaction() {
	sed -e "$1" "$work/redaction" >"$work/bent"
	! valid_redaction bent
}

make_tree
head -c 32 /dev/urandom >"$work/key"
chmod 600 "$work/key"

check 'scan' scan plain
check 'scan --key-file' scan keyed --key-file "$work/key"
check 'scan --show-secrets' scan shown --show-secrets
check 'scan --show-secrets --key-file --confidence heuristic' \
	scan all --show-secrets --key-file "$work/key" --confidence heuristic
check 'scan --all-places --authors' scan places --all-places --authors
check 'scan --explain-coverage' scan coverage --explain-coverage
check 'scan --jobs 4' scan jobs --jobs 4
check 'places: of git, with authors' has places '"author_b64":' 1
check 'places: others' has places '"other_places":' 1
for name in plain keyed shown all places coverage; do
	check "$name: valid" valid $name
	check "$name: findings" has $name '"type":"finding"' ${#rules[@]}
	check "$name: fifos are gaps" has $name '"reason":"special"' 2
	check "$name: a large file is a gap" has $name \
		'"reason":"over-limit"' 1
	check "$name: names that are not UTF-8" has $name '"path_b64":' 3
done
check 'coverage: of every file' has coverage '"type":"coverage"' 12
check 'plain: no secret in it' holds_no_secret plain
check 'keyed: no secret in it' holds_no_secret keyed
check 'shown: all secrets in it' holds_secrets shown
check 'plain: l1 fingerprints' has plain '"fingerprint":"l1:' ${#rules[@]}
check 'keyed: k1 fingerprints' has keyed '"fingerprint":"k1:' ${#rules[@]}
check 'the same with 4 jobs' cmp "$work/plain" "$work/jobs"
make_log >"$work/log"
check 'audit log' audit audit <"$work/log"
check 'audit log, with a key' audit audit-keyed --key-file "$work/key" \
	--audit-hash <"$work/log"
check 'audit log, of a fill' audit audit-fill --fill x <"$work/log"
check 'audit log, of a job' env CI_JOB_ID=$'4711"\xff' "$build/stanch" redact \
	--no-cache --audit "$work/audit-job" </dev/null
check 'audit log, of a command that does not start' refuses "$build/stanch" \
	redact --no-cache --audit "$work/audit-none" -- "$work/none"
for name in audit audit-keyed audit-fill audit-job audit-none; do
	check "$name: valid" valid_audit $name
done
for ev in open redact counted end close; do
	check "audit-keyed: $ev" has audit-keyed "\"ev\":\"$ev\"" 1
done
check 'audit-none: degraded' has audit-none '"ev":"degraded"' 1
check 'audit log: no secret in it' holds_no_secret audit-keyed
check 'audit log: an unknown member is refused' \
	refused_audit '2s/"ev"/"more":1,"ev"/'
check 'audit log: one that does not end is refused' refused_audit '/"close"/d'
check 'report of a redaction' redaction redaction <"$work/log"
check '... with all options' redaction redaction-all --json --fill x \
	--in-band all --neutralise-commands --no-form hex \
	--mask-weak <"$work/log"
check '... of a command' redaction redaction-of --no-pty -- \
	sh -c "cat '$work/log'; echo '##vso[task.setsecret]a' >&2; exit 0"
check '... that does not start' refuses redaction redaction-none -- \
	"$work/none"
for name in redaction redaction-all redaction-of redaction-none; do
	check "$name: valid" valid_redaction $name
done
check 'redaction: encodings' has redaction '"encoding":"utf-16"' 1
check 'redaction: weak values' has redaction '"name":"SHORT_PASS"' 1
check 'redaction: no secret in it' holds_no_secret redaction
check 'redaction: an unknown member is refused' \
	refused_redaction 's/^{/{"more":1,/'
check 'redaction: an offset alone is refused' \
	refused_redaction 's/"last":[0-9]*,//'
check 'an unknown member is refused' refused '1s/^{/{"more":1,/'
check 'a member twice is refused' refused '1s/^{/{"type":"finding",/'
check 'a missing summary is refused' refused 3q
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
