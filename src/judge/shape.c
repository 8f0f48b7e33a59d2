/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shape.c - forms of values, each a small predicate.  Which of them rule a
 * secret out is the business of generic.c.
 */
#include "judge/shape.h"

#include "judge/chars.h"
#include "judge/wordlike.h"

enum { WORDS = 10 * WORDLIKE_BIT };	/* less reads like words */

static bool
starts_with_any(struct span s, const char *const *list)
{
	for (; *list; list++)
		if (s.len && s.ptr[0] == (uint8_t)**list &&
			span_starts(s, *list))
			return true;
	return false;
}

struct shape
shape_of(struct span s)
{
	struct shape f = { .hex = s.len > 0 };

	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.ptr[i];

		if (char_is_digit(c))
			f.digits++;
		else if (char_is_upper(c))
			f.upper++;
		else if (char_is_lower(c))
			f.lower++;
		else if (c >= 0x80)
			f.high++;
		else if (memchr("_-./:+=,", c, 8))
			f.plain++;
		else
			f.strong++;
		f.hex &= char_is_hex(c);
	}
	f.hex &= !f.upper || !f.lower;
	return f;
}

unsigned
shape_classes(const struct shape *f)
{
	return (f->lower > 0) + (f->upper > 0) + (f->digits > 0) +
		(f->plain + f->strong + f->high > 0);
}

bool
shape_is_uuid(struct span s)
{
	if (s.len == 38 && s.ptr[0] == '{' && s.ptr[37] == '}')
		s = span_of(s.ptr + 1, 36);
	if (s.len != 36)
		return false;
	for (size_t i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s.ptr[i] != '-' : !char_is_hex(s.ptr[i]))
			return false;
	}
	return true;
}

/* 0x and up to 16 digits. */
static bool
is_hex_number(struct span s)
{
	if (s.len < 3 || s.len > 18 || s.ptr[0] != '0' ||
		(s.ptr[1] | 0x20) != 'x')
		return false;
	for (size_t i = 2; i < s.len; i++)
		if (!char_is_hex(s.ptr[i]) && s.ptr[i] != '_')
			return false;
	return true;
}

bool
shape_is_number(struct span s)
{
	const struct shape f = shape_of(s);

	if (f.digits == 0)
		return false;
	if (f.upper + f.lower == 0)
		return f.strong + f.high == 0;
	if (is_hex_number(s))
		return true;
	return f.upper + f.lower <= 1 && f.strong == 0 && s.len <= 18;
}

bool
shape_is_version(struct span s)
{
	size_t dots = 0, i = s.len && (s.ptr[0] | 0x20) == 'v';
	size_t start = i;

	while (i < s.len && (char_is_digit(s.ptr[i]) ||
		memchr(".-:T", s.ptr[i], 4))) {
		dots += !char_is_digit(s.ptr[i]);
		i++;
	}
	return i > start && char_is_digit(s.ptr[start]) && dots >= 2 &&
		wordlike_surprise(span_skip(s, i)) < WORDS;
}

bool
shape_is_url(struct span s)
{
	size_t i = 0;

	if (!s.len || !char_is_alpha(s.ptr[0]))
		return false;
	while (i < s.len && i < 20 && (char_is_alnum(s.ptr[i]) ||
		memchr("+.-", s.ptr[i], 3)))
		i++;
	return s.len - i > 2 && !memcmp(s.ptr + i, "://", 3);
}

/* A dot and two to five letters at the end. */
static bool
has_extension(struct span s)
{
	size_t n = 0;

	while (n < s.len && n < 6 && char_is_lower(s.ptr[s.len - 1 - n]))
		n++;
	return n >= 2 && n <= 5 && n < s.len && s.ptr[s.len - 1 - n] == '.';
}

/* The text up to the next slash is lower case and reads like a word. */
static bool
is_directory(struct span s)
{
	size_t n = 0;

	while (n < s.len && (char_is_lower(s.ptr[n]) ||
		memchr("._-", s.ptr[n], 3)))
		n++;
	return n >= 3 && n < s.len && s.ptr[n] == '/' &&
		wordlike_surprise(span_of(s.ptr, n)) < WORDS;
}

static bool
is_drive(struct span s)
{
	return s.len > 3 && char_is_alpha(s.ptr[0]) && s.ptr[1] == ':' &&
		(s.ptr[2] == '\\' || s.ptr[2] == '/');
}

bool
shape_is_path(struct span s)
{
	static const char *const starts[] = { "./", "../", "~/", "//", NULL };
	const uint8_t *slash = s.len ? memchr(s.ptr, '/', s.len) : NULL;

	if (starts_with_any(s, starts) || is_drive(s))
		return true;
	if (has_extension(s) && (slash || wordlike_surprise(s) < WORDS))
		return true;
	if (!slash)
		return false;
	return (slash == s.ptr || is_directory(s)) &&
		is_directory(span_skip(s, (size_t)(slash - s.ptr) + 1));
}

bool
shape_is_email(struct span s)
{
	const uint8_t *at = s.len ? memchr(s.ptr, '@', s.len) : NULL;
	size_t labels = 0, n = 0;

	if (!at || at == s.ptr)
		return false;
	for (const uint8_t *p = at + 1; p < s.ptr + s.len; p++) {
		if (*p == '.' && n > 0) {
			labels++;
			n = 0;
		} else if (char_is_alnum(*p) || *p == '-') {
			n++;
		} else {
			return false;
		}
	}
	return labels >= 1 && n >= 2 && n <= 10 &&
		char_is_alpha(s.ptr[s.len - 1]);
}

/* As PostgreSQL stores passwords: md5 and 32 digits. */
static bool
is_postgres_md5(struct span s)
{
	if (s.len != 35 || !span_starts(s, "md5"))
		return false;
	for (size_t i = 3; i < s.len; i++)
		if (!char_is_hex(s.ptr[i]))
			return false;
	return true;
}

bool
shape_is_digest(struct span s)
{
	static const char *const prefixes[] = {
		"sha1-", "sha1:", "sha224:", "sha256-", "sha256:", "sha384-",
		"sha384:", "sha512-", "sha512:", "md5:", "md5-", "SHA1:",
		"SHA256:", "SHA512:", "blake2b:", "$1$", "$2a$", "$2b$",
		"$2x$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$apr1$",
		"$argon2", "$pbkdf2", "$scrypt$", "pbkdf2_sha", "pbkdf2:",
		"scrypt:", "bcrypt", "{SSHA", "{SHA", "{MD5}", "{CRYPT}",
		"{PBKDF2", "{ARGON2", "0x0200", "SCRAM-SHA-", "h1:", NULL
	};

	return starts_with_any(s, prefixes) || is_postgres_md5(s);
}

/*
 * A value of a Kubernetes SealedSecret: the length of a session key that is
 * encrypted with 4,096 bits, 0x0200, then that, in base64.
 */
static bool
is_sealed_secret(struct span s)
{
	enum { LEAST = 100 };	/* of what it is cut to; no key is as long */

	return s.len >= LEAST && span_starts(s, "Ag") && s.ptr[2] >= 'A' &&
		s.ptr[2] <= 'D';
}

bool
shape_is_sealed(struct span s)
{
	static const char *const prefixes[] = {
		"ENC[", "ENC(", "{cipher}", "vault:v", "!vault",
		"$ANSIBLE_VAULT", "AQICAH", "crypt:v", "kms:", "sops:",
		"encrypted:", "vault:", "op://", "secretsmanager:",
		"arn:aws", "projects/", "akv:", "keyvault:",
		"@Microsoft.KeyVault(", NULL
	};

	return starts_with_any(s, prefixes) || is_sealed_secret(s);
}

bool
shape_is_public(struct span s)
{
	static const char *const prefixes[] = {
		"pk_live_", "pk_test_", "phc_", "sb_publishable_", "pk.eyJ",
		"ssh-rsa", "ssh-ed25519", "ecdsa-sha2-", "age1", "npub1",
		"GTM-", "pub-", "ca-pub-", "sub-c-", "pub-c-",
		"MIIBIjAN", "MIGfMA0G", "MFkwEwYH", "MCowBQYD", "MIICIjAN",
		NULL
	};

	return starts_with_any(s, prefixes);
}

bool
shape_is_symbol(struct span s)
{
	static const char *const prefixes[] = {
		"_ZN", "__ZN", "_ZT", "_RN", "_RI", "_RX", "_RM", "_RY",
		NULL
	};

	return s.len >= 16 && starts_with_any(s, prefixes);
}

bool
shape_is_pattern(struct span s)
{
	static const char *const signs[] = {
		"(?", ".*", ".+", "[a-", "[A-", "[0-", "[^", "){", "]{",
		"^(", ")$", "]*", "]+", "()",
		"('", "(\"", NULL
	};

	for (size_t i = 0; i < s.len; i++)
		if (!char_is_alnum(s.ptr[i]) &&
			starts_with_any(span_skip(s, i), signs))
			return true;
	return false;
}

bool
shape_is_scoped(struct span s)
{
	const uint8_t *colons = s.len ? memmem(s.ptr, s.len, "::", 2) : NULL;

	return colons && colons > s.ptr && char_is_alpha(s.ptr[0]) &&
		colons + 2 < s.ptr + s.len && shape_is_reference(s);
}

bool
shape_is_reference(struct span s)
{
	bool first = true;

	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.ptr[i];

		if (char_is_alpha(c) || c == '_') {
			first = false;
		} else if (char_is_digit(c)) {
			if (first)
				return false;
		} else if (c == '.' || c == ':' || c == '-' || c == '>' ||
			c == '?' || (c == '!' && i + 1 == s.len)) {
			first = c != '-';
		} else if (!(i == 0 && memchr("&*@!$-", c, 6))) {
			return false;
		}
	}
	return s.len > 0;
}
