/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view_base64.c - runs of base64, of either alphabet, padded or not, wrapped
 * at any width that leaves a line LONGRUNS_MIN characters.
 *
 * Runs are looked for round the spots that spots64.c finds; nothing can be in
 * others.  A run is found by a stretch that longruns.c knows, and begins as
 * far before it as its characters go.  Its first character begins a group of
 * four.  After a / - or _ it begins anew where that makes a text of what
 * follows, and what came is none: "path/BASE64".
 */
#include <stdlib.h>

#include "scan/look64.h"
#include "scan/longruns.h"
#include "scan/spots64.h"
#include "scan/view.h"

enum {
	BACK_MOST = 64,		/* characters before the stretch */
	WIDE_LINE = 60,		/* characters: no name is so long */
	INDENT_MOST = 32	/* blanks before a wrapped line */
};

enum step { STEP_ON, STEP_WAIT, STEP_FULL, STEP_ENDED, STEP_NOMEM };
enum answer { NO, YES, MAYBE };

struct base64 {
	struct view v;
	uint32_t bits;		/* of the group that is not whole yet ... */
	unsigned n;		/* ... and its characters */
	uint64_t first, last;	/* where it began; end of the last character */
	uint64_t chars, piece;	/* of the run, and of its last line */
	bool told;		/* the caller has seen of the run */
	bool anew;		/* a run begins at pos */
	uint64_t spot, seen;	/* from a pos before it on this is the first
				   one (spots64.h) of what ends at `seen` */
	spots64_fn *find;
};

/* The bytes of one take. */
struct input {
	struct span data;
	uint64_t base, end;
	bool final;
};

static struct span
rest(const struct input *in, uint64_t at)
{
	return span_skip(in->data, (size_t)(at - in->base));
}

/* ---- what it looks like ---- */

static bool
ends_in_text(const struct base64 *b)
{
	return look64_ends_in_text(buf_span(&b->v.text));
}

/* Whether it goes on over a line end: a text, or all of a line that is wide. */
static bool
goes_over_lines(const struct base64 *b)
{
	return (b->piece >= WIDE_LINE && !b->n) ||
		(b->piece >= LONGRUNS_MIN && ends_in_text(b));
}

/* Whether what is behind a separator at `at` is a text if it begins there. */
static enum answer
begins_anew(const struct input *in, uint64_t at)
{
	struct span s = span_first(rest(in, at + 1), LONGRUNS_MIN);

	for (size_t i = 0; i < s.len; i++)
		if (longruns_value[s.ptr[i]] > 63)
			return NO;
	for (size_t i = 0; i < s.len; i += 4)
		if (!look64_may_be_text(s.ptr + i,
			s.len - i < 4 ? s.len - i : 4))
			return NO;
	return s.len == LONGRUNS_MIN ? YES : in->final ? NO : MAYBE;
}

/* ---- characters ---- */

/* The bytes of the group, which may lack characters; to: where it ends. */
static bool
put_group(struct base64 *b, uint64_t to)
{
	uint32_t bits = b->bits << 6 * (4 - b->n);
	size_t n = b->n ? b->n - 1 : 0;

	b->n = 0;
	b->bits = 0;
	for (size_t i = 0; i < n; i++)
		if (!view_put(&b->v, (uint8_t)(bits >> (16 - 8 * i)),
			b->first, to))
			return false;
	return true;
}

static bool
put_char(struct base64 *b, uint8_t value)
{
	struct view *v = &b->v;

	if (!b->n)
		b->first = v->pos;
	b->bits = b->bits << 6 | value;
	b->n++;
	b->last = ++v->pos;
	b->chars++;
	b->piece++;
	return b->n < 4 || put_group(b, v->pos);
}

/*
 * As many whole groups as there are, without separators while those count;
 * false: no memory.
 */
static bool
put_groups(struct base64 *b, const struct input *in, size_t most)
{
	struct view *v = &b->v;
	struct span s = span_first(rest(in, v->pos), most / 3 * 4);
	size_t n = s.len / 4, i = 0;
	uint32_t last = b->chars < LOOK64_LONG ? 61 : 63;
	struct view_from *from;
	uint8_t *to;

	if (b->chars < LOOK64_LONG && n > LOOK64_LONG / 4)
		n = LOOK64_LONG / 4;
	if (b->n || !n)
		return true;
	if (!buf_reserve(&v->text, v->text.len + 3 * n) ||
		!buf_reserve(&v->map, v->map.len + 3 * n * sizeof *from))
		return false;
	to = v->text.ptr + v->text.len;
	from = (struct view_from *)(void *)(v->map.ptr + v->map.len);
	for (; i < n; i++, to += 3, from += 3) {
		const uint8_t *p = s.ptr + 4 * i;
		uint32_t w = longruns_value[p[0]], x = longruns_value[p[1]];
		uint32_t y = longruns_value[p[2]], z = longruns_value[p[3]];
		uint32_t at = (uint32_t)(v->pos + 4 * i);

		if (w > last || x > last || y > last || z > last)
			break;
		to[0] = (uint8_t)(w << 2 | x >> 4);
		to[1] = (uint8_t)(x << 4 | y >> 2);
		to[2] = (uint8_t)(y << 6 | z);
		from[0] = from[1] = from[2] =
			(struct view_from){ at, at + 4 };
	}
	v->text.len += 3 * i;
	v->map.len += 3 * i * sizeof *from;
	v->pos += 4 * i;
	b->chars += 4 * i;
	b->piece += 4 * i;
	b->last = i ? v->pos : b->last;
	return true;
}

/* ---- what is between the characters ---- */

/* Line ends, as they are and as JSON has them. */
static const char *const line_ends[] = { "\n", "\r\n", "\\n", "\\r\\n" };

/* Of a line end, and what indents the next line; 0: there is none. */
static enum answer
line_end(const struct input *in, uint64_t at, size_t *len)
{
	struct span s = rest(in, at);
	size_t n = 0;
	bool more = false;

	for (size_t i = 0; i < sizeof line_ends / sizeof *line_ends; i++) {
		size_t each = strlen(line_ends[i]);

		if (span_starts(s, line_ends[i]))
			n = each;
		else
			more |= s.len < each &&
				!memcmp(s.ptr, line_ends[i], s.len);
	}
	if (!n)
		return more && !in->final ? MAYBE : NO;
	for (size_t i = 0; i < INDENT_MOST && n < s.len &&
		(s.ptr[n] == ' ' || s.ptr[n] == '\t'); i++)
		n++;
	*len = n;
	if (n == s.len)
		return in->final ? NO : MAYBE;
	return longruns_value[s.ptr[n]] < 64 ? YES : NO;
}

/* At a byte that is no character of base64. */
static enum step
take_gap(struct base64 *b, const struct input *in)
{
	struct view *v = &b->v;
	struct span s = rest(in, v->pos);
	size_t n = 0;

	if (s.ptr[0] == '\\' && s.len > 1 && s.ptr[1] == '/') {
		v->pos++;	/* JSON may write / so */
		return STEP_ON;
	}
	if (s.ptr[0] == '\\' && s.len == 1)
		return in->final ? STEP_ENDED : STEP_WAIT;
	if (!goes_over_lines(b))
		return STEP_ENDED;
	switch (line_end(in, v->pos, &n)) {
	case NO:
		return STEP_ENDED;
	case MAYBE:
		return STEP_WAIT;
	case YES:
		break;
	}
	v->pos += n;
	b->piece = 0;
	return STEP_ON;
}

/* At a =. */
static enum step
take_padding(struct base64 *b, const struct input *in)
{
	struct span s = rest(in, b->v.pos);
	size_t want = b->n == 2 ? 2 : b->n == 3 ? 1 : 0, n = 0;

	while (n < want && n < s.len && s.ptr[n] == '=')
		n++;
	if (n < want && n == s.len && !in->final)
		return STEP_WAIT;
	b->v.pos += n;
	b->last = n ? b->v.pos : b->last;
	return STEP_ENDED;
}

static enum step
take_char(struct base64 *b, const struct input *in)
{
	uint8_t c = *rest(in, b->v.pos).ptr;

	if (c == '=')
		return take_padding(b, in);
	if (longruns_value[c] > 63)
		return take_gap(b, in);
	if (look64_separates(c) && b->n != 3 && b->chars < LOOK64_LONG &&
		!ends_in_text(b)) {
		switch (begins_anew(in, b->v.pos)) {
		case MAYBE:
			return STEP_WAIT;
		case YES:
			b->v.pos++;
			b->anew = true;
			return STEP_ENDED;
		case NO:
			break;
		}
	}
	return put_char(b, longruns_value[c]) ? STEP_ON : STEP_NOMEM;
}

static enum step
extend(struct base64 *b, const struct input *in)
{
	size_t full = b->v.text.len + VIEW_STEP;
	enum step step = STEP_ON;

	while (step == STEP_ON && b->v.pos < in->end) {
		if (b->v.text.len >= full)
			return STEP_FULL;
		if (!put_groups(b, in, full - b->v.text.len))
			return STEP_NOMEM;
		if (b->v.pos < in->end)
			step = take_char(b, in);
	}
	if (step == STEP_ON)
		step = in->final ? STEP_ENDED : STEP_WAIT;
	return step;
}

/* ---- runs ---- */

/* How many of the last bytes are of the class, at most `most`. */
static size_t
count_back(struct span s, size_t most)
{
	size_t n = 0;

	while (n < most && n < s.len &&
		longruns_value[s.ptr[s.len - 1 - n]] < 64)
		n++;
	return n;
}

/*
 * What may yet become a run: held is set to what of it can be of a secret
 * whatever follows, but for what a text of it begins.
 */
static bool
note_loose(struct base64 *b, const struct input *in)
{
	struct view *v = &b->v;
	struct span s = rest(in, v->pos);
	size_t n = count_back(s, BACK_MOST + LONGRUNS_MIN), nested;
	uint64_t from = in->end - n;

	v->pos = from;
	v->held = in->end - n % 4;
	for (uint64_t at = from; at < in->end; at++)
		if (look64_separates(*rest(in, at).ptr) && at + 1 < v->held &&
			begins_anew(in, at) == MAYBE)
			v->held = at + 1;
	v->loose = true;
	if (!put_groups(b, in, n / 4 * 3))
		return false;
	while (v->pos < from + n / 4 * 4)
		if (!put_char(b, longruns_value[*rest(in, v->pos).ptr]))
			return false;
	nested = count_back(buf_span(&v->text), v->text.len);
	nested = from + (v->text.len - nested) / 3 * 4;
	v->held = nested < v->held ? nested : v->held;
	if (n > BACK_MOST || (v->text.len && (v->text.ptr[0] == 0x1f ||
		memchr(v->text.ptr, 0, v->text.len))))
		v->held = from;
	v->pos = from;
	return true;
}

static void
forget(struct base64 *b)
{
	view_clear(&b->v);
	b->bits = b->n = 0;
	b->chars = b->piece = 0;
	b->told = false;
}

/* To before the next run with a spot, or to what may be a run at the end. */
static void
skip_to_spot(struct base64 *b, const struct input *in)
{
	struct view *v = &b->v;
	struct span s = rest(in, v->pos);
	size_t at;

	if (v->pos <= b->spot && b->seen == in->end)
		return;
	at = b->find(s);
	b->spot = v->pos + at;
	b->seen = in->end;
	v->pos += spots64_back(s, at);
}

/* Goes to the next run; false: there is none. */
static bool
next_run(struct base64 *b, const struct input *in)
{
	bool anew = b->anew, idle = true;
	struct span s;
	size_t at, len;

	b->anew = false;
	while (idle) {
		if (!anew)
			skip_to_spot(b, in);
		s = rest(in, b->v.pos);
		at = anew ? 0 : longruns_find(s);
		if (at == s.len)
			return false;
		at -= count_back(span_first(s, at), BACK_MOST);
		b->v.pos += at;
		s = span_skip(s, at);
		idle = !anew && look64_is_idle(s, &len);
		if (idle)
			b->v.pos += len;
	}
	b->v.active = true;
	return true;
}

static enum view_event
no_run(struct base64 *b, const struct input *in)
{
	if (in->final) {
		b->v.pos = b->v.held = in->end;
		return VIEW_NONE;
	}
	return note_loose(b, in) ? VIEW_NONE : VIEW_NOMEM;
}

/* All there is of the run was taken. */
static enum view_event
go_on(struct base64 *b, const struct input *in)
{
	struct view *v = &b->v;

	b->told = true;
	v->held = b->n ? b->first : in->end;
	if (v->pos < in->end && look64_separates(*rest(in, v->pos).ptr) &&
		v->pos < v->held)
		v->held = v->pos;
	return VIEW_NONE;
}

static enum view_event
take(struct view *v, struct span data, uint64_t base, bool final)
{
	struct base64 *b = (struct base64 *)v;
	struct input in = { data, base, base + data.len, final };

	for (;;) {
		if (!v->active)
			forget(b);
		if (!v->active && !next_run(b, &in))
			return no_run(b, &in);
		switch (extend(b, &in)) {
		case STEP_ON:
		case STEP_WAIT:
			return go_on(b, &in);
		case STEP_FULL:
			b->told = true;
			return VIEW_FULL;
		case STEP_NOMEM:
			return VIEW_NOMEM;
		case STEP_ENDED:
			break;
		}
		v->active = false;
		if (!put_group(b, b->last))
			return VIEW_NOMEM;
		if (b->told || b->chars >= LOOK64_LONG ||
			look64_holds_something(buf_span(&v->text)))
			return VIEW_RUN_ENDED;
	}
}

static struct view *
make(unsigned which)
{
	struct base64 *b = calloc(1, sizeof *b);

	if (!b)
		return NULL;
	b->find = spots64_way(0);
	buf_init(&b->v.text, VIEW_MAX);
	buf_init(&b->v.map, VIEW_MAX * sizeof(struct view_from));
	return &b->v;
}

static void
begin(struct view *v)
{
	struct base64 *b = (struct base64 *)v;

	forget(b);
	b->anew = false;
	b->spot = b->seen = 0;
	v->active = false;
	v->pos = v->held = 0;
}

static bool
parts(uint8_t c)
{
	return longruns_value[c] > 63 && c != '=' && c != '\\' && c != ' ' &&
		c != '\t' && c != '\n' && c != '\r';
}

const struct view_kind view_base64 = {
	.decodes = STANCH_DECODE_BASE64,
	.make = make, .take = take, .begin = begin, .parts = parts,
};
