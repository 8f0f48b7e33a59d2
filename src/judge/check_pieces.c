/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_pieces.c - secrets that a program's text has in pieces: strings that
 * follow each other, and bytes as numbers.
 */
#include "base/buf.h"
#include "judge/chars.h"
#include "judge/checks.h"

enum {
	JOINED_MOST = 4096,	/* bytes of a match */
	BYTES_LEAST = 12, BYTES_MOST = 128,
	DISTINCT_LEAST = 8	/* of them; chance alone gives more */
};

/* ---- strings ---- */

/* What stands between the quotes; q is the one before it. */
static void
join(struct buf *out, struct span s, uint8_t q)
{
	bool inside = true;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == q)
			inside = !inside;
		else if (inside)
			buf_byte(out, s.ptr[i]);
	}
}

/* As generic-value judges the one string that they make. */
enum check_result
check_split_value(const struct judge_case *c, struct judgement *out)
{
	size_t head = (size_t)(c->secret.ptr - c->match.ptr);
	struct span tail = span_skip(c->match, head + c->secret.len);
	enum check_result result = CHECK_FAIL;
	struct judge_case whole = *c;
	struct buf match;
	size_t n;

	if (!head)
		return CHECK_NA;
	buf_init(&match, JOINED_MOST);
	buf_append(&match, c->match.ptr, head);
	join(&match, c->secret, c->secret.ptr[-1]);
	n = match.len - head;
	buf_append(&match, tail.ptr, tail.len);
	if (match.failed) {	/* rather one too many */
		judgement_reason(out, "in many pieces");
		result = CHECK_PASS;
	} else {
		whole.match = buf_span(&match);
		whole.secret = span_of(match.ptr + head, n);
		result = check_generic_value(&whole, out);
		if (result == CHECK_PASS)
			result = check_placeholder(&whole, out) ==
				CHECK_FAIL ? CHECK_FAIL : CHECK_PASS;
	}
	buf_free(&match);
	return result;
}

/* ---- numbers ---- */

/* Takes one of them off s, with what is before it; false: there is none. */
static bool
take_number(struct span *s, int *n)
{
	size_t i = 0, digits = 0;
	bool minus = false, hex;

	while (i < s->len && !char_is_digit(s->ptr[i])) {
		minus = s->ptr[i] == '-';
		i++;
	}
	*s = span_skip(*s, i);
	hex = s->len > 2 && s->ptr[0] == '0' && (s->ptr[1] | 0x20) == 'x';
	*s = span_skip(*s, hex ? 2 : 0);
	for (*n = 0; digits < s->len && digits < 4; digits++) {
		uint8_t c = s->ptr[digits];

		if (hex ? !char_is_hex(c) : !char_is_digit(c))
			break;
		*n = *n * (hex ? 16 : 10) + (char_is_digit(c) ? c - '0' :
			(c | 0x20) - 'a' + 10);
	}
	while (digits < s->len && s->ptr[digits] != ',')	/* 7u8 */
		digits++;
	*s = span_skip(*s, digits);
	if (minus)
		*n = -*n;
	return digits > 0;
}

/* Each as far from the one before: 0, 1, 2 .. and what is all alike. */
static bool
is_row(const uint8_t *v, size_t n)
{
	size_t same = 0;

	for (size_t i = 2; i < n; i++)
		same += (uint8_t)(v[i] - v[i - 1]) ==
			(uint8_t)(v[i - 1] - v[i - 2]);
	return same * 2 > n;
}

static size_t
distinct(const uint8_t *v, size_t n)
{
	bool seen[256] = { false };
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		count += !seen[v[i]];
		seen[v[i]] = true;
	}
	return count;
}

/* Keys that standards and their tests have made known. */
static bool
is_published(const uint8_t *v, size_t n)
{
	static const uint8_t keys[][8] = {
		{ 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6 },
		{ 0x60, 0x3d, 0xeb, 0x10, 0x15, 0xca, 0x71, 0xbe },
		{ 0x8e, 0x73, 0xb0, 0xf7, 0xda, 0x0e, 0x64, 0x52 },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (n >= sizeof keys[i] && !memcmp(v, keys[i], sizeof keys[i]))
			return true;
	return false;
}

/* The names round such lists that are none to use: test_key, vectors. */
static bool
is_of_tests(struct span before)
{
	static const char *const words[] = {
		"test", "vector", "expect", "example", "sample", "nist", "rfc"
	};

	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t n = strlen(words[k]);

		for (size_t i = 0; i + n <= before.len; i++)
			if (!strncasecmp((const char *)before.ptr + i,
				words[k], n))
				return true;
	}
	return false;
}

/* The bytes of the list into v, BYTES_MOST at most; how many, or SIZE_MAX. */
static size_t
take_bytes(struct span list, uint8_t *v)
{
	size_t n = 0;
	int number;

	while (take_number(&list, &number)) {
		if (n == BYTES_MOST || number < -128 || number > 255)
			return SIZE_MAX;
		v[n++] = (uint8_t)number;
	}
	return n;
}

/* Why the n bytes are no key; NULL: they may be one. */
static const char *
no_key(const uint8_t *v, size_t n)
{
	if (n == SIZE_MAX)
		return "too many numbers for a key, or no bytes";
	if (n < BYTES_LEAST)
		return "too few numbers for a key";
	if (is_row(v, n) || distinct(v, n) < DISTINCT_LEAST)
		return "a row of numbers, not a key";
	return is_published(v, n) ? "the key of a standard's tests" : NULL;
}

enum check_result
check_byte_list(const struct judge_case *c, struct judgement *out)
{
	size_t head = (size_t)(c->secret.ptr - c->match.ptr), n;
	uint8_t v[BYTES_MOST];
	const char *why;

	n = take_bytes(c->secret, v);
	why = no_key(v, n);
	explicit_bzero(v, sizeof v);
	if (n == 0)
		return CHECK_NA;
	if (!why && (is_of_tests(c->before) ||
		is_of_tests(span_first(c->match, head))))
		why = "stands among tests";
	judgement_reason(out, why ? why : "bytes that look random");
	return why ? CHECK_FAIL : CHECK_PASS;
}
