/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keyname.c - splits names at their humps and signs and knows the words that
 * tell of something other than the secret itself: its file, its length.
 */
#include "judge/keyname.h"

#include "judge/chars.h"
#include "judge/wordlist.h"

/* Words after the telling one that make the value something else. */
static const char *const after[26] = {
	"acl action address age alg algo algorithm answer are arg arn array "
		"as at attempts attr attribute attributes audience available",
	"be box browser budget builder button by bytes",
	"cache callback change changed char chars checker checksum class "
		"cleared column confirm confirmation contains cost count "
		"created criteria",
	"date deadline decoder default definition delimiter desc description "
		"digest dir directory disabled doc docs duration",
	"element email enabled encoder encoding encrypted endpoint end entity "
		"enum env error errors event example exists expected expiration"
		" expire expired expires expiry extractor",
	"factory failed field fields file filename files filter fingerprint "
		"for form format function",
	"generator getter grant group guid",
	"handle handler hashed hasher header headers height help "
		"helper hint history host",
	"icon id identifier ids idx if image in incorrect index info input "
		"interval introspection invalid is issuer iterations "
		"iterator",
	NULL,
	"keyword kind",
	"label last len length level lexer lifetime limit link list loader "
		"location lookup",
	"manager map mapper match max message messages method "
		"min missing mode model mount msg",
	"name names namespace nonce not note num number",
	"object of offset option options origin output owner",
	"page param parameter params parser path pattern permissions place "
		"placeholder plugin pointer policies policy port pos position "
		"prefix processor prompt properties property protected provider"
		" pattern",
	"query question",
	"range reader ref reference regex regexp regexps registry "
		"repository req request required requirements reset resolver "
		"resource response role rotation route rule rules",
	"salt schema scheme scope scopes score screen selector separator "
		"size source spec state "
		"status storage store strategy stream strength string style "
		"subject suffix",
	"table tag target template text thumbprint time timeout timestamp "
		"title tool tooltip topic transformer ttl tuple type typed "
		"types",
	"updated updater uri url urls usage used user username users util utils"
		" uuid",
	"valid validation validator validity variable vector verifier version "
		"view vocab",
	"was width widget will",
	NULL, NULL, NULL,
};

/* Words before it that do. */
static const char *const ahead[26] = {
	"after antiforgery ast authenticity",
	"before begin bos bpe by",
	"cancel cancellation cls completion continuation count csrf css cursor",
	"desc description design dummy",
	"empty end enum eos error example expected",
	"fake fetch find first forgot forgotten",
	"get getting",
	"has help hide hint html",
	"icon ignore img incorrect input insert invalid is",
	NULL,
	"keyboard keyword",
	"label labels last lex lexer lexical load lookup",
	"mask max maximum min minimum missing mock monkey msg",
	"n next no nonce not num number",
	"of operator output",
	"pad page pagination parse parser per placeholder previous prompt "
		"public pub publishable punct punctuation",
	"query question",
	"read request require required",
	"sample scan scanner sep separator show skip special start stop string "
		"sync syntax",
	"that the these this title toggle total type typed",
	"unexpected unk unknown unrecognized",
	"valid validate validation verify vocab",
	"whitespace with without word wrong",
	"xsrf",
	"yacc your yy",
	NULL,
};

static const char *const digests[26] = {
	['c' - 'a'] = "checksum commit crc crc32",
	['d' - 'a'] = "digest",
	['e' - 'a'] = "etag",
	['f' - 'a'] = "fingerprint",
	['h' - 'a'] = "hash hashed hashes hashing",
	['i' - 'a'] = "integrity",
	['m' - 'a'] = "md4 md5",
	['r' - 'a'] = "revision",
	['s' - 'a'] = "sha sha1 sha224 sha256 sha384 sha512 ssdeep sum",
};

/* The telling words themselves, and whether they are for people. */
static const struct stem { const char *text; bool password; } stems[] = {
	{ "passphrase", true }, { "pass_phrase", true }, { "password", true },
	{ "pass_word", true }, { "passwd", true }, { "passcode", true },
	{ "passwort", true }, { "kennwort", true }, { "storepass", true },
	{ "keypass", true }, { "store_pass", true }, { "key_pass", true },
	{ "sshpass", true }, { "passin", true },
	{ "passout", true }, { "dnpass", true },
	{ "pass", true }, { "pwd", true },
	{ "bindpw", true }, { "bind_pw", true }, { "rootpw", true },
	{ "root_pw", true },
	{ "credentials", false }, { "credential", false },
	{ "secret", false }, { "token", false }, { "authorization", false },
};

static bool
is_name_byte(uint8_t c)
{
	return char_is_alnum(c) || c == '_' || c == '.' || c == '-';
}

/* What stands between the words of a keyname: a dot parts objects. */
static bool
is_sign(char c)
{
	return c == '_' || c == '.';
}

/* Adds one byte of the name; prev and next are its neighbours, 0: none. */
static void
add(struct keyname *k, uint8_t prev, uint8_t c, uint8_t next)
{
	bool hump = char_is_upper(c) && (char_is_lower(prev) ||
		char_is_digit(prev) || (char_is_upper(prev) &&
		char_is_lower(next)));

	if (!char_is_alnum(c) || hump)
		if (k->len && !is_sign(k->text[k->len - 1]) &&
			k->len < KEYNAME_MAX)
			k->text[k->len++] = c == '.' ? '.' : '_';
	if (char_is_alnum(c) && k->len < KEYNAME_MAX)
		k->text[k->len++] = (char)char_lower(c);
}

/* How many bytes of head are the name: "api key" has a blank in it. */
static size_t
head_length(struct span head)
{
	size_t n = 0;

	while (n < head.len && (is_name_byte(head.ptr[n]) ||
		(head.ptr[n] == ' ' && head.len - n > 3 &&
		(head.ptr[n + 1] | 0x20) == 'k' &&
		(head.ptr[n + 2] | 0x20) == 'e' &&
		(head.ptr[n + 3] | 0x20) == 'y')))
		n++;
	return n;
}

/* After the stem: a plural's s, and the sign. */
static void
find_rest(struct keyname *k)
{
	const char *s = k->text + k->stem;
	size_t left = k->len - k->stem, n = 0, i;

	for (i = 0; i < sizeof stems / sizeof *stems && !n; i++) {
		size_t len = strlen(stems[i].text);

		if (left >= len && !memcmp(s, stems[i].text, len)) {
			n = len;
			k->password = stems[i].password;
		}
	}
	if (!n) {	/* api_key and its like: to the end of "key" */
		const char *key = left ? memmem(s, left, "key", 3) : NULL;

		n = key ? (size_t)(key - s) + 3 : 0;
	}
	if (k->stem >= 4 && left >= 7 && !memcmp(s - 4, "pre_shared_", 11))
		k->password = true;	/* people choose those of a network */
	if (n < left && s[n] == 's' && (n + 1 == left || is_sign(s[n + 1])))
		n++;
	k->rest = k->stem + n;
}

size_t
keyname_read(struct keyname *k, struct span before, struct span head)
{
	size_t n = 0, used = head_length(head), i;
	uint8_t prev = 0;

	memset(k, 0, sizeof *k);
	while (n < before.len && n < KEYNAME_MAX / 3 &&
		(is_name_byte(before.ptr[before.len - 1 - n]) ||
		before.ptr[before.len - 1 - n] == '/'))
		n++;
	for (i = before.len - n; i < before.len; i++) {
		uint8_t c = before.ptr[i];

		add(k, prev, c, i + 1 < before.len ? before.ptr[i + 1] :
			head.len ? head.ptr[0] : 0);
		prev = c;
	}
	k->stem = k->len;
	for (i = 0; i < used; i++) {
		add(k, prev, head.ptr[i], i + 1 < used ? head.ptr[i + 1] : 0);
		prev = head.ptr[i];
		if (i == 0 && k->len)	/* after the sign of a hump */
			k->stem = k->len - char_is_alnum(prev);
	}
	find_rest(k);
	return used;
}

static bool
any_word(const struct keyname *k, size_t from, size_t to,
	const char *const lists[26])
{
	size_t start = from;

	for (size_t i = from; i <= to; i++) {
		if (i < to && !is_sign(k->text[i]))
			continue;
		if (i > start && wordlist_has(lists, k->text + start,
			i - start))
			return true;
		start = i + 1;
	}
	return false;
}

void
keyname_foreign(struct keyname *k)
{
	static const char *const apart[26] = {
		['a' - 'a'] = "actual",
		['c' - 'a'] = "cifrada cryptee",
		['e' - 'a'] = "encrypted expired",
		['f' - 'a'] = "field file",
		['h' - 'a'] = "hint",
		['i' - 'a'] = "id",
		['l' - 'a'] = "label length",
		['p' - 'a'] = "path pattern policy primaria publica",
		['r' - 'a'] = "regex reset",
		['u' - 'a'] = "url",
	};

	k->password = true;
	if (k->rest == k->stem && !any_word(k, k->stem, k->len, digests) &&
		!any_word(k, k->stem, k->len, apart))
		k->rest = k->len;
}

size_t
keyname_stem(struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		for (size_t k = 0; k < sizeof stems / sizeof *stems; k++) {
			size_t n = strlen(stems[k].text);

			if (name.len - i >= n && !strncasecmp(
				(const char *)name.ptr + i, stems[k].text, n))
				return i;
		}
	return 0;
}

/* Where the last two words before the stem begin; one, behind a dot. */
static size_t
near_stem(const struct keyname *k)
{
	size_t i = k->stem, signs = 0;

	while (i > 0) {
		if (is_sign(k->text[i - 1]) && i != k->stem &&
			(++signs == 2 || k->text[i - 1] == '.'))
			break;
		i--;
	}
	return i;
}

/* csrf_secret: what the tokens of forms, which are none, are made with. */
static bool
signs_forms(const struct keyname *k)
{
	static const char stem[] = "secret", forms[] = "csrf";
	size_t n = k->len - k->stem;

	return n >= sizeof stem - 1 && k->stem >= sizeof forms &&
		!memcmp(k->text + k->stem, stem, sizeof stem - 1) &&
		!memcmp(k->text + k->stem - sizeof forms, forms,
		sizeof forms - 1);
}

const char *
keyname_reason(const struct keyname *k)
{
	struct span rest = span_of(k->text + k->rest, k->len - k->rest);

	if (any_word(k, k->rest, k->len, digests))
		return "its name says that it is a hash";
	if (any_word(k, k->rest, k->len, after))
		return "its name says something about a secret, not the "
			"secret itself";
	if (any_word(k, near_stem(k), k->stem, ahead) && !signs_forms(k))
		return "its name says that it is not secret";
	if (span_starts(rest, "iz") || span_starts(rest, "ise"))
		return "its name is of a tokenizer";
	return NULL;
}

bool
keyname_of_digest(const struct keyname *k)
{
	return any_word(k, 0, k->len, digests);
}

/* Letters and digits, lower case. */
static size_t
squeeze(struct span s, char out[KEYNAME_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < KEYNAME_MAX; i++)
		if (char_is_alnum(s.ptr[i]))
			out[n++] = (char)char_lower(s.ptr[i]);
	return n;
}

bool
keyname_repeats(const struct keyname *k, struct span value)
{
	char name[KEYNAME_MAX], text[KEYNAME_MAX];
	size_t n = squeeze(span_of(k->text, k->len), name);
	size_t m = squeeze(value, text);

	while (m > 0 && char_is_digit((uint8_t)text[m - 1]))
		m--;
	if (n < 6 || m < 6 || m == KEYNAME_MAX)
		return false;
	return n > m ? memmem(name, n, text, m) != NULL :
		m - n <= n / 2 && memmem(text, m, name, n);
}
