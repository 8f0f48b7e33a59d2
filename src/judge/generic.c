/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generic.c - `password = value` and its like: whether the value is a secret,
 * from its name, how it is written, and what it looks like.  Dummies are
 * left to the placeholder filter, which judge() runs afterwards.
 */
#include "base/codec.h"
#include "judge/chars.h"
#include "judge/checks.h"
#include "judge/generic.h"
#include "judge/memorable.h"
#include "judge/wordlike.h"

/* How surprising a value must be, by how it is written. */
enum {
	QUOTED = 10 * WORDLIKE_BIT,
	BARE = 14 * WORDLIKE_BIT,
	LETTERS = 15 * WORDLIKE_BIT,	/* no digit at all */
	BARE_LETTERS = 18 * WORDLIKE_BIT,
	WEAK = 6 * WORDLIKE_BIT,	/* a person's password, bare */
	HEX_MIN = 20,
	ENCODED_MOST = 256,	/* bytes of base64 */
	ODD_MOST = 3,		/* lower case in a row, in no word */
	NUMBER_MIN = 3,		/* digits that no word ends with */
	VARIABLE_MIN = 4	/* letters of a variable's name */
};

/* ---- what rules a value out ---- */

/* Winter-2041, Printer9537_: signs of names, but more than one has. */
static bool
is_varied(const struct shape *f)
{
	return f->upper && f->lower && f->digits >= NUMBER_MIN;
}

static int
class_of(uint8_t c)
{
	return char_is_lower(c) ? 1 : char_is_upper(c) ? 2 :
		char_is_digit(c) ? 3 : 4;
}

/* viV25-PSRgFa: its classes change more often than those of names do. */
static bool
is_jumbled(struct span v, const struct shape *f)
{
	size_t changes = 0;

	if (!f->upper || !f->lower || !f->digits)
		return false;
	for (size_t i = 1; i < v.len; i++) {
		int a = class_of(v.ptr[i - 1]), b = class_of(v.ptr[i]);

		changes += a != b && !(a == 2 && b == 1);	/* a Word */
	}
	return changes >= 5 && changes * 5 >= v.len * 2;
}

/*
 * TNdCRryUKAkDY: capitals where no word of a name begins, more than once, and
 * no word among them.
 */
static bool
has_odd_case(struct span v)
{
	size_t odd = 0, upper, lower;

	for (size_t i = 0; i < v.len; i += upper + lower) {
		for (upper = 0; i + upper < v.len &&
			char_is_upper(v.ptr[i + upper]); upper++)
			;
		for (lower = 0; i + upper + lower < v.len &&
			char_is_lower(v.ptr[i + upper + lower]); lower++)
			;
		if (lower > ODD_MOST || upper + lower == 0)
			return false;
		odd += upper && lower && lower < ODD_MOST;
	}
	return odd >= 2;
}

/* A random password may look like an address; its words do not. */
static bool
is_address(struct span v)
{
	return shape_is_email(v) && wordlike_surprise(v) < QUOTED;
}

/* $name_of_something inside it: a shell fills it in. */
static bool
has_variable(struct span v)
{
	for (size_t i = 0, n; i + VARIABLE_MIN < v.len; i += n + 1) {
		for (n = 0; i + n + 1 < v.len && (v.ptr[i + n + 1] == '_' ||
			char_is_lower(v.ptr[i + n + 1]) ||
			char_is_digit(v.ptr[i + n + 1])); n++)
			;
		if (v.ptr[i] == '$' && n >= VARIABLE_MIN &&
			memchr(v.ptr + i, '_', n) &&
			wordlike_surprise(span_of(v.ptr + i + 1, n)) < WEAK)
			return true;
	}
	return false;
}

/* Of another script than Latin, or a word with an accent. */
static bool
is_prose(struct span v)
{
	const struct shape f = shape_of(v);

	return f.high && (!f.digits || f.high * 2 >= v.len);
}

/* Forms that are no secret's, whatever the name. */
static const struct form {
	bool (*is)(struct span s);
	const char *why;
} forms[] = {
	{ shape_is_number, "a number or a date" },
	{ shape_is_version, "a date or a version" },
	{ shape_is_digest, "a hash, not what was hashed" },
	{ shape_is_sealed, "encrypted, or a reference into a vault" },
	{ shape_is_public, "a key that is made to be published" },
	{ shape_is_url, "a URL" },
	{ is_address, "an e-mail address" },
	{ shape_is_path, "the path of a file" },
	{ shape_is_symbol, "a symbol of a compiler" },
	{ has_variable, "has a variable in it" },
	{ is_prose, "text in a language" },
};

/* UUIDs are names of things; but some issuers make keys of random ones. */
static bool
is_id(struct span v)
{
	return shape_is_uuid(v) && (v.len != 36 || v.ptr[14] != '4' ||
		!memchr("89abAB", v.ptr[19], 6));
}

static bool
is_hex_key(struct span v, const struct shape *f)
{
	return f->hex && v.len >= HEX_MIN && f->digits && f->upper + f->lower;
}

const char *
generic_form(const struct judge_case *c, const struct site *t, struct span v,
	const struct shape *f)
{
	if (t->markup && t->end != '<')
		return "compared with, not set";
	if (t->joined)
		return "a part of a longer name";
	if (!t->quote && shape_is_scoped(v))
		return "a name in a program";
	if (t->vector)
		return "a test vector of an algorithm";
	if (is_id(v))
		return "a UUID";
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (forms[i].is(v))
			return forms[i].why;
	/* c->secret still has its 0x */
	if (is_hex_key(v, f) && (keyname_of_digest(&t->key) ||
		shape_is_digest(c->secret)))
		return "a hash, not what was hashed";
	return NULL;
}

/* The digits of a key, in base64, as in a Secret of Kubernetes. */
static bool
is_encoded_hex(struct span v)
{
	struct buf text;
	bool is = false;

	if (v.len % 4 || v.len > ENCODED_MOST)
		return false;
	buf_init(&text, ENCODED_MOST);
	if (codec_base64_decode(&text, v, CODEC_BASE64)) {
		struct shape f = shape_of(buf_span(&text));

		is = is_hex_key(buf_span(&text), &f);
	}
	is |= text.failed;	/* out of memory: rather one too many */
	buf_free(&text);
	return is;
}

/* What people make up is less random than what machines do. */
bool
generic_varied(const struct judge_case *c, const struct site *t,
	struct span v, const struct shape *f)
{
	return (t->key.password && is_varied(f)) || shape_is_uuid(v) ||
		is_encoded_hex(v) ||
		judge_measure(c, "entropy of its value, bits a byte",
		judge_entropy(v), shape_entropy_floor(v.len, f));
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
is_surprising(const struct judge_case *c, int surprise, int asked)
{
	return judge_measure(c, "surprise, bits more than words have",
		(double)surprise / WORDLIKE_BIT,
		(double)asked / WORDLIKE_BIT);
}

bool
generic_random(const struct judge_case *c, const struct site *t,
	struct span v, const struct shape *f, int surprise)
{
	bool bare = site_is_bare(t);
	bool varied = f->digits || (t->key.password && f->upper && f->lower &&
		(f->strong || has_odd_case(v)));

	if (is_hex_key(v, f) || shape_is_uuid(v))
		return true;
	if (surprise < LETTERS && (shape_is_pattern(v) || is_technical(v)))
		return false;
	if (varied)
		return is_surprising(c, surprise, bare ? BARE : QUOTED);
	return is_surprising(c, surprise, bare ? BARE_LETTERS : LETTERS);
}

/* A sign first, then a name: *ptr1, #login1, @param. */
static bool
is_decorated(struct span v)
{
	return !char_is_alnum(v.ptr[0]) && shape_is_reference(span_skip(v, 1));
}

/* required|min:8 */
static bool
is_list(struct span v, const struct shape *f)
{
	return !f->upper && memchr(v.ptr, '|', v.len);
}

/* generatedpassword1 */
static bool
names_itself(struct span v)
{
	static const char word[] = "password";
	const size_t n = sizeof word - 1;

	for (size_t i = 0; i + n <= v.len; i++)
		if (!strncasecmp((const char *)v.ptr + i, word, n))
			return true;
	return false;
}

/* No digit, but a sign amid letters of both cases that are no words. */
static bool
is_mixed(struct span v, const struct shape *f, int surprise)
{
	size_t inner = 0;

	for (size_t i = 1; i + 1 < v.len; i++)
		inner += !char_is_alnum(v.ptr[i]) &&
			!memchr("_-./:+=,", v.ptr[i], 8);
	return inner && f->upper > 1 && f->lower > 1 && surprise >= WEAK;
}

/* Letters and digits, and nothing that something else has, too. */
static bool
may_be_made_up(struct span v, const struct shape *f, int surprise)
{
	if (!f->strong && ((f->plain && !is_varied(f) && !is_jumbled(v, f)) ||
		names_itself(v)))
		return false;
	if (shape_is_pattern(v) && surprise < QUOTED)
		return false;
	return (f->digits ? f->upper + f->lower > 0 :
		is_mixed(v, f, surprise)) && !is_decorated(v) &&
		!is_technical(v) && !is_list(v, f);
}

/* Where a value made up is likely to stand, if it has a sign of no name. */
static bool
may_stand_strong(const struct site *t, const struct shape *f)
{
	return !site_is_bare(t) || t->line || !site_is_item(t) ||
		(t->tight && is_varied(f));
}

/* And if it has none: a bare one must stand where no expression does. */
static bool
may_stand_plain(const struct site *t, const struct shape *f, int surprise)
{
	if (!site_is_bare(t) || (t->line && t->tight))
		return true;
	if (!t->line && (!t->tight || site_is_item(t)))
		return false;
	return surprise >= WEAK || (shape_classes(f) >= 3 && !t->colon);
}

/* What people make up: words with digits and signs in them. */
static bool
looks_made_up(const struct site *t, struct span v, const struct shape *f,
	int surprise)
{
	if (t->key.password && t->key.rest == t->key.len && memorable_is(v) &&
		!names_itself(v) && (!site_is_bare(t) || t->line))
		return true;
	return t->key.password && may_be_made_up(v, f, surprise) &&
		(f->strong ? may_stand_strong(t, f) :
		may_stand_plain(t, f, surprise));
}

/* A long hexadecimal number is no number but a key. */
static struct span
without_0x(struct span v)
{
	bool hex = v.len >= HEX_MIN + 2 && v.ptr[0] == '0' &&
		(v.ptr[1] | 0x20) == 'x';

	return hex ? span_skip(v, 2) : v;
}

/* Whether it is one; *why says so, or why not. */
static bool
is_secret(const struct judge_case *c, const struct site *t, struct span v,
	const char **why)
{
	struct shape f = shape_of(v);
	int surprise;

	*why = keyname_reason(&t->key);
	if (!*why)
		*why = generic_form(c, t, v, &f);
	if (!*why && !generic_varied(c, t, v, &f))
		*why = "too uniform for its length";
	if (*why)
		return false;
	surprise = wordlike_surprise(v);
	if (generic_random(c, t, v, &f, surprise)) {
		*why = "looks random";
		return true;
	}
	if (keyname_repeats(&t->key, v)) {
		*why = "its own name again";
		return false;
	}
	if (looks_made_up(t, v, &f, surprise)) {
		*why = "letters, digits and signs as in a password";
		return true;
	}
	*why = "reads like words, a name or an expression";
	return false;
}

static enum check_result
check_value(const struct judge_case *c, bool password, struct judgement *out)
{
	struct span v = without_0x(c->secret);
	const char *why;
	struct site t;
	bool secret;

	if (v.len == 0)
		return CHECK_NA;
	site_read(&t, c);
	if (password) {
		keyname_foreign(&t.key);
		t.line |= t.end == '\n' || t.end == '\r' || t.end == 0;
	}
	secret = is_secret(c, &t, v, &why);
	judgement_reason(out, why);
	return secret ? CHECK_PASS : CHECK_FAIL;
}

enum check_result
check_generic_value(const struct judge_case *c, struct judgement *out)
{
	return check_value(c, false, out);
}

/* Of a name that the rule knows for a password's: keyname.c reads English. */
enum check_result
check_password_value(const struct judge_case *c, struct judgement *out)
{
	return check_value(c, true, out);
}
