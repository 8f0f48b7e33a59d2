/* SPDX-License-Identifier: Apache-2.0 */
/*
 * placeholder.c - runs, sequences and template variables, and the filter
 * over all kinds of dummies; placeholder_words.c knows the words.  Each test
 * asks for so much that random text does not meet it by chance.
 */
#include "judge/placeholder.h"

#include "base/codec.h"
#include "judge/chars.h"
#include "judge/checks.h"
#include "judge/public.h"
#include "judge/tagged.h"
#include "judge/wordlike.h"

enum {
	MASK_RUN = 6,		/* of a sign that people mask with */
	RUN = 8,		/* of any byte, or a short period */
	PERIOD_MAX = 8,
	SEQUENCE = 8,		/* neighbours in a sequence, anywhere */
	SEQUENCE_SHORT = 6,	/* ... when they are half of the value */
	NAME_MAX = 80,		/* bytes of a template variable */
	WORD_SURPRISE = 8 * WORDLIKE_BIT,
	ENCODED_LEAST = 8, ENCODED_MOST = 64	/* bytes of base64 */
};

/* ---- templates ---- */

struct bracket { const char *open, *close; };

/* With something like a name in between; the longer ones first. */
static const struct bracket brackets[] = {
	{ "${{", "}}" }, { "{{", "}}" }, { "${", "}" }, { "#{", "}" },
	{ "$(", ")" }, { "$[", "]" }, { "%(", ")" }, { "<%", "%>" },
	{ "[[", "]]" }, { "%{", "}" }, { "<", ">" }, { "{", "}" },
};

/* These only count when they are all of the value. */
static const struct bracket wraps[] = {
	{ "[", "]" }, { "(", ")" }, { "%", "%" }, { "@", "@" },
	{ "__", "__" }, { "@@", "@@" }, { "#", "#" }, { "%%", "%%" },
};

static bool
is_name(const uint8_t *p, size_t n)
{
	if (n == 0 || n > NAME_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!char_is_alnum(p[i]) && !memchr("_.-: |/\"'$()[],*?!",
			p[i], 18))
			return false;
	return true;
}

static bool
has_at(struct span s, size_t at, const char *what, size_t n)
{
	return s.len - at >= n && !memcmp(s.ptr + at, what, n);
}

/*
 * A random password may well have two signs that match: then a number, a word
 * in one case, or a longer one that reads like a name.
 */
static bool
is_word(const uint8_t *p, size_t n)
{
	size_t digits = 0, upper = 0, lower = 0;

	for (size_t i = 0; i < n; i++) {
		digits += char_is_digit(p[i]);
		upper += char_is_upper(p[i]);
		lower += char_is_lower(p[i]);
		if (!char_is_alnum(p[i]) && !memchr("_.- ", p[i], 4))
			return false;
	}
	if (digits == n)
		return n > 0;
	return n >= 3 && (!upper || !lower || n >= 6) && digits < 2 &&
		wordlike_surprise(span_of(p, n)) < WORD_SURPRISE;
}

/* Whether b opens at s[at] and closes further on, with a name inside. */
static bool
opens_at(struct span s, size_t at, const struct bracket *b)
{
	size_t n = strlen(b->open), m = strlen(b->close), end;

	if (!has_at(s, at, b->open, n))
		return false;
	for (end = at + n; end + m <= s.len && end - at <= NAME_MAX; end++)
		if (has_at(s, end, b->close, m))
			return n > 1 ? is_name(s.ptr + at + n, end - at - n) :
				is_word(s.ptr + at + n, end - at - n);
	return false;
}

/* $NAME or %NAME: a shell variable and nothing else. */
static bool
is_variable(struct span s)
{
	size_t i = 1;

	if (s.len < 2 || s.ptr[0] != '$' ||
		!(char_is_alpha(s.ptr[1]) || s.ptr[1] == '_'))
		return false;
	while (i < s.len && (char_is_upper(s.ptr[i]) ||
		char_is_digit(s.ptr[i]) || s.ptr[i] == '_'))
		i++;
	if (i == s.len)
		return true;
	for (i = 1; i < s.len && (char_is_lower(s.ptr[i]) ||
		s.ptr[i] == '_' || s.ptr[i] == '.'); i++)
		;
	return i == s.len;
}

static bool
is_wrapped(struct span s)
{
	size_t n;

	if (char_is_alnum(s.ptr[0]))
		return false;
	for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) {
		n = strlen(wraps[i].open);
		if (s.len > 2 * n && has_at(s, 0, wraps[i].open, n) &&
			has_at(s, s.len - n, wraps[i].close, n) &&
			is_name(s.ptr + n, s.len - 2 * n))
			return true;
	}
	return false;
}

/* printf and its like: %s, %-20s, %v, with nothing but words round it. */
static bool
is_format(struct span s)
{
	bool seen = false;

	if (!memchr(s.ptr, '%', s.len))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '%') {
			if (!char_is_alpha(s.ptr[i]) &&
				!memchr("_.-:/@ ", s.ptr[i], 7))
				return false;
			continue;
		}
		for (i++; i < s.len && memchr("-0123456789.*lhz", s.ptr[i],
			16); i++)
			;
		if (i == s.len || !memchr("sdvquixXp@", s.ptr[i], 10))
			return false;
		seen = true;
	}
	return seen && wordlike_surprise(s) < WORD_SURPRISE;
}

bool
placeholder_template(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (char_is_alnum(s.ptr[i]) || !memchr("${#%<[", s.ptr[i], 6))
			continue;
		for (size_t k = 0; k < sizeof brackets / sizeof *brackets; k++)
			if (opens_at(s, i, &brackets[k]))
				return true;
	}
	return s.len && (is_variable(s) || is_wrapped(s) || is_format(s));
}

/* ---- runs and periods ---- */

static size_t
longest_period(struct span s, size_t period)
{
	size_t run = 0, most = 0, middle = (s.len + period) / 2;

	/* Half of the value or more has its middle in it. */
	if (s.ptr[middle] != s.ptr[middle - period])
		return 0;
	for (size_t i = period; i < s.len; i++) {
		run = s.ptr[i] == s.ptr[i - period] ? run + 1 : 0;
		most = run > most ? run : most;
	}
	return most;
}

static bool
is_mask_sign(uint8_t c)
{
	return memchr("xX*.#?-_~", c, 9) != NULL;
}

static bool
has_mask(struct span s)
{
	size_t run = 1;

	for (size_t i = 1; i < s.len; i++) {
		run = s.ptr[i] == s.ptr[i - 1] ? run + 1 : 1;
		if (run >= MASK_RUN && is_mask_sign(s.ptr[i]))
			return true;
	}
	return false;
}

/* Most letters and digits are one: a majority vote (Boyer, Moore) finds it. */
static bool
is_monotone(struct span s)
{
	size_t all = 0, votes = 0, most = 0;
	uint8_t best = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (!char_is_alnum(s.ptr[i]))
			continue;
		all++;
		if (votes == 0)
			best = s.ptr[i];
		votes = s.ptr[i] == best ? votes + 1 : votes - 1;
	}
	for (size_t i = 0; votes && i < s.len; i++)
		most += s.ptr[i] == best;
	return most >= 8 && most * 10 >= all * 6;
}

bool
placeholder_run(struct span s)
{
	size_t same;

	if (s.len < 3)
		return false;
	if (longest_period(s, 1) + 1 == s.len || has_mask(s) || is_monotone(s))
		return true;
	for (size_t p = 1; p <= PERIOD_MAX && p < s.len; p++) {
		same = longest_period(s, p);
		if (same + p == s.len && same >= p && same >= 4)
			return true;	/* all of it */
		if (same >= RUN && same * 2 >= s.len)
			return true;
	}
	return false;
}

/* ---- sequences ---- */

/* The longest run of letters or digits that go up or down by one. */
static size_t
longest_steps(struct span s, size_t *ups)
{
	size_t run = 1, most = 1;
	int before = 0;

	*ups = 0;
	for (size_t i = 1; i < s.len; i++) {
		uint8_t a = char_lower(s.ptr[i - 1]), b = char_lower(s.ptr[i]);
		int d = b - a;

		if (!char_is_alnum(a) || !char_is_alnum(b) ||
			(d != 1 && d != -1))
			d = 0;
		*ups += d == 1;
		run = d == 0 ? 1 : d == before ? run + 1 : 2;
		before = d;
		most = run > most ? run : most;
	}
	return most;
}

bool
placeholder_sequence(struct span s)
{
	size_t ups, n, alnum = 0;

	if (s.len < SEQUENCE_SHORT)
		return false;
	for (size_t i = 0; i < s.len; i++)
		alnum += char_is_alnum(s.ptr[i]);
	n = longest_steps(s, &ups);
	return n >= SEQUENCE || (n >= SEQUENCE_SHORT && n * 2 >= alnum) ||
		(ups >= 7 && ups * 5 >= alnum * 2);
}

/* ---- all of it ---- */

static bool
is_readable(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < ' ' || s.ptr[i] > '~')
			return false;
	return s.len > 0;
}

/* Base64 of one, as in a Secret of Kubernetes: Y2hhbmdlbWU= */
static bool
placeholder_encoded(struct span s)
{
	struct buf text;
	struct span plain;
	bool is;

	if (s.len % 4 || s.len < ENCODED_LEAST || s.len > ENCODED_MOST)
		return false;
	buf_init(&text, ENCODED_MOST);
	is = codec_base64_decode(&text, s, CODEC_BASE64);
	plain = buf_span(&text);
	if (plain.len && plain.ptr[plain.len - 1] == '\n')
		plain.len--;
	is = is && is_readable(plain) && (placeholder_words(plain) ||
		placeholder_template(plain) || placeholder_run(plain));
	buf_free(&text);
	return is;
}

const char *
placeholder_reason(struct span s)
{
	s = span_first(s, PLACEHOLDER_MAX);
	if (placeholder_template(s))
		return "a template variable, not a value";
	if (s.len > 3 && memmem(s.ptr, s.len, "...", 3))
		return "cut short by dots";
	if (placeholder_run(s))
		return "a placeholder: one character or a short text repeated";
	if (placeholder_sequence(s))
		return "a placeholder: a sequence such as 12345678 or abcdef";
	if (placeholder_words(s))
		return "a placeholder: words such as example, changeme or "
			"your_key";
	if (placeholder_encoded(s))
		return "a placeholder in base64";
	return NULL;
}

enum check_result
check_placeholder(const struct judge_case *c, struct judgement *out)
{
	const char *why = tagged_is_of_tag(c) ?
		"stands in the tag of a secret that was redacted" :
		placeholder_reason(c->secret);

	if (!why)
		why = public_reason(c);
	if (!why)
		return CHECK_NA;
	judgement_reason(out, why);
	return CHECK_FAIL;
}
