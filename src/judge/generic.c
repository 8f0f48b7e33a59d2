/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generic.c - `password = value` and its like: whether the value is a secret,
 * from its name, how it is written, and what it looks like.  Dummies are
 * left to the placeholder filter, which judge() runs afterwards.
 */
#include "judge/chars.h"
#include "judge/checks.h"
#include "judge/keyname.h"
#include "judge/shape.h"
#include "judge/wordlike.h"

/* How surprising a value must be, by how it is written. */
enum {
	QUOTED = 10 * WORDLIKE_BIT,
	BARE = 14 * WORDLIKE_BIT,
	LETTERS = 15 * WORDLIKE_BIT,	/* no digit at all */
	BARE_LETTERS = 18 * WORDLIKE_BIT,
	WEAK = 6 * WORDLIKE_BIT,	/* a person's password, bare */
	HEX_MIN = 16
};

/* Where and how the value is written. */
struct site {
	struct keyname key;
	uint8_t quote;		/* before the value; 0: none */
	uint8_t end;		/* the byte after it; 0: none */
	bool tight;		/* no blank round the operator */
	bool colon;		/* the operator is one */
	bool markup;		/* <key>value</ */
	bool option;		/* --key value */
	bool line;		/* all of its line, but for `export` or so */
	bool joined;		/* a:key:value, a part of a longer name */
};

/* Only blanks, list and comment signs and such words before the name? */
static bool
starts_line(struct span before)
{
	static const char *const words[] = {
		"export ", "set ", "ENV ", "env ", "setx ", "declare -x ",
		"- ", "// ", "# ", "; ", "* "
	};
	size_t n = before.len, i;
	bool again = true;

	while (n > 0 && (char_is_alnum(before.ptr[n - 1]) ||
		memchr("_.-", before.ptr[n - 1], 3)))
		n--;
	while (again) {
		while (n > 0 && (before.ptr[n - 1] == '\t' ||
			(before.ptr[n - 1] == ' ' && (n == 1 ||
			memchr(" \t\n", before.ptr[n - 2], 3)))))
			n--;
		again = false;
		for (i = 0; i < sizeof words / sizeof *words; i++) {
			size_t len = strlen(words[i]);

			if (n >= len && !memcmp(before.ptr + n - len,
				words[i], len)) {
				n -= len;
				again = true;
			}
		}
	}
	return n == 0 || before.ptr[n - 1] == '\n' ||
		before.ptr[n - 1] == '\0';
}

static bool
is_quote(uint8_t c)
{
	return c == '"' || c == '\'' || c == '`';
}

/* Whether the name that ends before has a colon before it. */
static bool
follows_colon(struct span before)
{
	size_t n = before.len;

	while (n > 0 && (char_is_alnum(before.ptr[n - 1]) ||
		memchr("_.-", before.ptr[n - 1], 3)))
		n--;
	return n > 0 && before.ptr[n - 1] == ':';
}

static void
site_read(struct site *t, const struct judge_case *c)
{
	size_t at = (size_t)(c->secret.ptr - c->match.ptr), used;
	struct span head = span_first(c->match, at);
	struct span tail = span_skip(c->match, at + c->secret.len);
	uint8_t last = at ? head.ptr[at - 1] : 0;

	used = keyname_read(&t->key, c->before, head);
	t->quote = is_quote(last) ? last : 0;
	t->end = tail.len ? tail.ptr[0] : 0;
	t->markup = last == '>';
	t->option = used < at && head.ptr[used] == ' ' &&
		(head.ptr[0] == '-' || span_starts(head, "sshpass"));
	t->tight = t->option || !memchr(head.ptr + used, ' ', at - used);
	t->colon = at > used && head.ptr[used] == ':';
	if (at - used == 2 && t->colon)
		t->tight = true;	/* as tight as YAML gets */
	t->joined = at - used == 1 && last == ':' &&
		follows_colon(c->before);
	t->line = (t->end == '\n' || t->end == '\r' || t->end == 0) &&
		starts_line(c->before);
}

/* ---- what rules a value out ---- */

static const char *
shape_reason(const struct site *t, struct span v, const struct shape *f)
{
	if (t->markup && t->end != '<')
		return "compared with, not set";
	if (t->joined)
		return "a part of a longer name";
	if (shape_is_uuid(v))
		return "a UUID";
	if (shape_is_number(v, f) || shape_is_version(v))
		return "a number, a date or a version";
	if (shape_is_digest(v) || (f->hex && f->digits && v.len >= HEX_MIN &&
		keyname_of_digest(&t->key)))
		return "a hash, not what was hashed";
	if (shape_is_sealed(v))
		return "encrypted, or a reference into a vault";
	if (shape_is_public(v))
		return "a key that is made to be published";
	if (shape_is_url(v))
		return "a URL";
	if (shape_is_email(v))
		return "an e-mail address";
	if (shape_is_path(v))
		return "the path of a file";
	return NULL;
}

/* ---- what makes it a secret ---- */

/* Names of algorithms and formats have digits too. */
static bool
is_technical(struct span v)
{
	static const char *const names[] = {
		"sha", "md5", "base64", "base32", "utf", "hmac", "aes",
		"oauth", "bcrypt", "scrypt", "argon2", "pbkdf2", "x509",
		"x86", "rsa", "http", "ipv", "win32", "latin1", "ascii",
		"iso8859", "sec", "pkcs", "ed25519", "int8", "uint"
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i]);

		if (v.len >= n && !strncasecmp((const char *)v.ptr, names[i],
			n))
			return true;
	}
	return false;
}

static bool
looks_random(const struct site *t, struct span v, const struct shape *f,
	int surprise)
{
	bool mixed = f->upper && f->lower && f->strong && t->key.password;
	bool bare = !t->quote && !t->markup && !t->option;

	if (f->hex && v.len >= HEX_MIN && f->digits && f->upper + f->lower)
		return true;
	if (surprise < LETTERS && (shape_is_pattern(v) || is_technical(v)))
		return false;
	if (f->digits == 0 && !mixed)
		return surprise >= (bare ? BARE_LETTERS : LETTERS);
	return surprise >= (bare ? BARE : QUOTED);
}

/* A sign first, then a name: *ptr1, #login1, @param. */
static bool
is_decorated(struct span v)
{
	return !char_is_alnum(v.ptr[0]) && shape_is_reference(span_skip(v, 1));
}

/*
 * What people make up: words with digits and signs in them.  A bare one must
 * stand where a value is likely, not an expression.
 */
static bool
looks_made_up(const struct site *t, struct span v, const struct shape *f,
	int surprise)
{
	bool code = t->end && memchr(",)}]", t->end, 4);

	if (!t->key.password || f->digits == 0 ||
		f->upper + f->lower == 0 || shape_is_pattern(v) ||
		is_decorated(v) || is_technical(v) ||
		(memchr(v.ptr, '|', v.len) && !f->upper))
		return false;
	if (f->strong > 0)
		return t->quote || t->markup || t->line || !code;
	if (f->plain > 0)
		return false;
	if (t->quote || t->markup || (t->line && t->tight))
		return true;
	if (!t->line && (!t->tight || code))
		return false;
	return surprise >= WEAK || (shape_classes(f) >= 3 && !t->colon);
}

/* A long hexadecimal number is no number but a key. */
static struct span
without_0x(struct span v)
{
	bool hex = v.len >= HEX_MIN + 2 && v.ptr[0] == '0' &&
		(v.ptr[1] | 0x20) == 'x';

	return hex ? span_skip(v, 2) : v;
}

enum check_result
check_generic_value(const struct judge_case *c, struct judgement *out)
{
	struct span v = without_0x(c->secret);
	struct shape f = shape_of(v);
	const char *why;
	struct site t;
	int surprise;

	if (v.len == 0)
		return CHECK_NA;
	site_read(&t, c);
	why = keyname_reason(&t.key);
	if (!why)
		why = shape_reason(&t, v, &f);
	if (!why && judge_entropy(v) < shape_entropy_floor(v.len, &f))
		why = "too uniform for its length";
	if (!why) {
		surprise = wordlike_surprise(v);
		if (looks_random(&t, v, &f, surprise)) {
			judgement_reason(out, "looks random");
			return CHECK_PASS;
		}
		if (keyname_repeats(&t.key, v))
			why = "its own name again";
		else if (looks_made_up(&t, v, &f, surprise)) {
			judgement_reason(out,
				"letters, digits and signs as in a password");
			return CHECK_PASS;
		} else {
			why = "reads like words, a name or an expression";
		}
	}
	judgement_reason(out, why);
	return CHECK_FAIL;
}
