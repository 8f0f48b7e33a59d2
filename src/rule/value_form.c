/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value_form.c - expressions for the forms in which a log may hold a known
 * value.  Each begins with bytes of its own where the value allows it, so
 * that a stream is held back no longer than it goes on as the value does.
 *
 * A form is written from the value's bytes; letters and digits stand for
 * themselves, any other byte is an escape \xHH of the expression.
 */
#include <ctype.h>

#include "base/codec.h"
#include "rule/value.h"

enum {
	TOLERANT_MOST = 160,	/* bytes of a part that may be interrupted */
	HEAD = 5,		/* bytes at the front that may not be */
	ANCHOR_LEAST = 3,
	TRUNCATED_MIN = 12	/* of a part whose first half is masked, too */
};

/* May stand between two characters: a line end, a colour, a backspace. */
static const char interruption[] =
	"(?:\\r?\\n|\\r|\\x08|\\x1b\\[[0-9;]{0,12}[A-Za-z])?";

static bool
put(struct buf *b, const char *s)
{
	return buf_str(b, s);
}

static bool
put_literal(struct buf *b, uint8_t c)
{
	return isalnum(c) ? buf_byte(b, c) : buf_printf(b, "\\x%02x", c);
}

/* ---- raw, with any escape of what is neither letter nor digit ---- */

static const struct { char c; const char *as; } named[] = {
	{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
	{ '"', "&quot;|\"\"" }, { '\'', "&apos;|'\\\\''|'\"'\"'|''" },
	{ ' ', "\\+|&nbsp;" }
};

/*
 * As it is or behind backslashes (shells, JSON, C), a caret (cmd) or backtick
 * (PowerShell); percent, once and twice; \x, \u, octal; &#N; and &name;.
 */
static bool
put_escaped(struct buf *b, uint8_t c)
{
	bool ok = buf_printf(b, "(?:[\\\\^`]{0,4}\\x%02x|%%(?:25)?%02x|"
		"\\\\{1,4}(?:x%02x|u00%02x|0?%03o)|&#(?:0{0,2}%u|x%02x);",
		c, c, c, c, c, c, c);

	for (size_t i = 0; ok && i < sizeof named / sizeof *named; i++)
		if ((uint8_t)named[i].c == c)
			ok = put(b, "|") && put(b, named[i].as);
	return ok && put(b, ")");
}

/* A line end of the value: of any system, escaped, or a blank in its place,
   with what a log may put before the next line. */
static bool
put_line_end(struct buf *b)
{
	return put(b, "(?:\\r?\\n|\\r|\\\\{1,4}r\\\\{1,4}n|\\\\{1,4}n|"
		"(?:%0d)?%0a|&#(?:10|xa);|[ \\t])[ \\t|>#+-]{0,16}");
}

/*
 * Where the first letters and digits in a row end by which the part can be
 * found, at most HEAD of them; 0: there are too few.
 */
static size_t
anchor_end(struct span s)
{
	size_t run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = isalnum(s.ptr[i]) ? run + 1 : 0;
		if (run == HEAD || (run >= ANCHOR_LEAST &&
			(i + 1 == s.len || !isalnum(s.ptr[i + 1]))))
			return i + 1;
	}
	return 0;
}

static bool
put_exact(struct buf *b, struct span s)
{
	bool ok = true;

	for (size_t i = 0; ok && i < s.len; i++)
		ok = put_literal(b, s.ptr[i]);
	return ok;
}

/* Bytes [i, end) of the part; interruptions are met behind byte `whole`. */
static bool
put_bytes(struct buf *b, struct span s, size_t i, size_t end, size_t whole)
{
	bool ok = true;

	for (; ok && i < end; i++) {
		uint8_t c = s.ptr[i];

		if (c == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
			continue;
		if (c == '\n')
			ok = put_line_end(b);
		else if (isalnum(c))
			ok = buf_byte(b, c);
		else
			ok = put_escaped(b, c);
		if (ok && i + 1 >= whole && i + 1 < s.len)
			ok = put(b, interruption);
	}
	return ok;
}

static bool
put_raw(struct buf *b, struct span s, size_t variant)
{
	size_t head = anchor_end(s);

	if (!head)
		return put_exact(b, s);
	return put(b, "(?i:") && put_bytes(b, s, 0, s.len,
		s.len <= TOLERANT_MOST ? head : s.len) && put(b, ")");
}

/*
 * The same with an interruption in its head: found by what comes next, and
 * masked from there on, so that no stream waits for a head to go on.
 */
static bool
put_late(struct buf *b, struct span s, size_t variant)
{
	size_t head = anchor_end(s);

	return put(b, "(?i:") && put_bytes(b, s, 0, head, 0) &&
		put(b, "(?<secret>") &&
		put_bytes(b, s, head, s.len, head + ANCHOR_LEAST) &&
		put(b, "))");
}

static bool
may_be_late(struct span s)
{
	size_t head = anchor_end(s), i;

	for (i = head; i < s.len && i < head + ANCHOR_LEAST; i++)
		if (!isalnum(s.ptr[i]))
			return false;
	return head && i == head + ANCHOR_LEAST;
}

static bool
put_word(struct buf *b, struct span s)
{
	return put(b, "(?<![0-9A-Za-z])") && put_exact(b, s) &&
		put(b, "(?![0-9A-Za-z])");
}

/* ---- every byte written in one way ---- */

enum number { HEX, OCTAL, DECIMAL };

/* What stands between two groups of bytes in a dump with several on a line. */
#define GROUPS "(?: |(?: {1,3}[^\\r\\n]{0,20})?\\r?\\n[0-9a-f]{6,8}:? {1,2})"

static const struct {
	const char *before;
	enum number number;
	const char *after;	/* each group, but the last ... */
	size_t group;		/* ... of so many bytes */
	const char *later;	/* the same behind the HEAD; NULL: as after */
} ways[] = {
	{ "", HEX, "", 1, "(?:\\r?\\n[ \\t]{0,8})?" },
	{ "", HEX, ":", 1, NULL }, { "", HEX, "-", 1, NULL },
	{ "", HEX, ", ", 1, NULL }, { "", HEX, ",", 1, NULL },
	{ "0x", HEX, ", ", 1, ",\\s{0,8}" }, { "0x", HEX, ",", 1, NULL },
	{ "", HEX, " ", 1, GROUPS }, { "", HEX, " ", 2, GROUPS },
	{ "\\\\x", HEX, "", 1, NULL }, { "\\\\u00", HEX, "", 1, NULL },
	{ "%", HEX, "", 1, NULL }, { "\\\\", OCTAL, "", 1, NULL },
	{ "&#", DECIMAL, ";", 1, NULL }, { "&#x", HEX, ";", 1, NULL }
};

static bool
put_number(struct buf *b, uint8_t c, enum number as)
{
	return as == HEX ? buf_printf(b, "%02x", c) :
		as == OCTAL ? buf_printf(b, "%03o", c) :
		buf_printf(b, "%u", c);
}

static bool
put_way(struct buf *b, struct span s, size_t way)
{
	const char *later = ways[way].later ? ways[way].later :
		ways[way].after;
	bool ok = put(b, "(?i:");

	for (size_t i = 0; ok && i < s.len; i++) {
		ok = put(b, ways[way].before) &&
			put_number(b, s.ptr[i], ways[way].number);
		if (ok && i + 1 < s.len && (i + 1) % ways[way].group == 0)
			ok = put(b, i + 1 < HEAD ? ways[way].after : later);
	}
	return ok && put(b, ")");
}

/* ---- base64, RFC 4648: at each of three offsets, both alphabets ---- */

static bool
put_base64_text(struct buf *b, struct span text)
{
	bool ok = true;

	for (size_t i = 0; ok && i < text.len; i++) {
		uint8_t c = text.ptr[i];

		ok = c == '+' ? put(b, "[+-]") : c == '/' ? put(b, "[/_]") :
			buf_byte(b, c);
		if (ok && i + 1 >= HEAD && i + 1 < text.len)
			ok = put(b, "(?:\\r?\\n[ \\t]{0,8})?");
	}
	return ok;
}

/* The characters that the value alone decides; what shares bits with its
   neighbours on the right is taken along. */
static bool
put_base64(struct buf *b, struct span s, size_t offset)
{
	static const size_t shared[] = { 0, 2, 3 };
	size_t bits = (offset + s.len) * 8, n;
	struct buf in, text;
	bool ok;

	buf_init(&in, VALUE_PART + 2);
	buf_init(&text, 2 * VALUE_PART);
	ok = buf_append(&in, "\0\0", offset) &&
		buf_append(&in, s.ptr, s.len) &&
		codec_base64_encode(&text, buf_span(&in), CODEC_BASE64, false);
	n = bits / 6;
	ok = ok && put_base64_text(b, span_of(text.ptr +
		shared[offset], n - shared[offset])) &&
		put(b, bits % 6 ? "[0-9A-Za-z+/_-]?={0,2}" : "={0,2}");
	buf_free(&in);
	buf_free(&text);
	return ok;
}

/* ---- in other order, apart, cut short ---- */

static bool
put_reversed(struct buf *b, struct span s, size_t variant)
{
	bool ok = true;

	for (size_t i = s.len; ok && i-- > 0; )
		ok = put_literal(b, s.ptr[i]);
	return ok;
}

static bool
put_spaced(struct buf *b, struct span s, size_t variant)
{
	bool ok = put(b, "(?i:");

	for (size_t i = 0; ok && i < s.len; i++)
		ok = put_literal(b, s.ptr[i]) &&
			(i + 1 == s.len || put(b, " "));
	return ok && put(b, ")");
}

/* The first half, and as much of the rest as is there. */
static bool
put_truncated(struct buf *b, struct span s, size_t variant)
{
	size_t half = (s.len + 1) / 2, i;
	bool ok;

	if (memchr(s.ptr, '\n', s.len))	/* its lines are parts, too */
		return put_exact(b, s);
	half = half < VALUE_FULL_MIN ? VALUE_FULL_MIN : half;
	ok = put_exact(b, span_first(s, half));
	/* An empty class: else the reader of facts spells out the rest. */
	ok = ok && put(b, "[^\\s\\S]?");
	for (i = half; ok && i < s.len; i++)
		ok = put(b, "(?:") && put_literal(b, s.ptr[i]);
	for (i = half; ok && i < s.len; i++)
		ok = put(b, ")?");
	return ok;
}

/* ---- the forms ---- */

typedef bool form_fn(struct buf *b, struct span s, size_t variant);

static const struct form {
	form_fn *put;
	size_t variants, least, most;	/* bytes of a part */
	bool (*fits)(struct span s);	/* NULL: any */
} forms[] = {
	{ put_raw, 1, 0, VALUE_PART, NULL },
	{ put_late, 1, 0, TOLERANT_MOST, may_be_late },
	{ put_reversed, 1, 0, VALUE_PART, NULL },
	{ put_way, sizeof ways / sizeof *ways, 0, VALUE_PART, NULL },
	{ put_base64, 3, 0, VALUE_PART, NULL },
	{ put_spaced, 1, 0, TOLERANT_MOST, NULL },
	{ put_truncated, 1, TRUNCATED_MIN, TOLERANT_MOST, NULL },
};

bool
value_expression(struct buf *out, struct span part, enum stanch_value_use use,
	size_t i)
{
	if (use == STANCH_VALUE_WORD)
		return i > 0 || put_word(out, part);
	for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
		const struct form *f = &forms[k];

		if (part.len < f->least || part.len > f->most ||
			(f->fits && !f->fits(part)))
			continue;
		if (i < f->variants)
			return f->put(out, part, i);
		i -= f->variants;
	}
	return true;
}
