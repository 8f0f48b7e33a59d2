/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pyc.c - the strings in what Python compiles to, each a line: its marshal
 * format (Python/marshal.c) as CPython 2.7 and 3 write it.
 */
#include "unwrap/le.h"
#include "unwrap/unwrap_private.h"

enum {
	HEADER_MOST = 16, DEEP = 1000,
	REF = 0x80, CODE = 'c', DICT = '{', NONE = '0'
};

/* What of a code object is an object, and what a number of 4 bytes. */
static const struct version {
	unsigned first, last;	/* number in the header */
	unsigned header;	/* bytes of that */
	const char *code;
} versions[] = {
	{ 62161, 62211, 8, "iiiiooooooooio" },		/* 2.6, 2.7 */
	{ 3000, 3229, 8, "iiiiiooooooooio" },		/* 3.0 to 3.2 */
	{ 3230, 3389, 12, "iiiiiooooooooio" },		/* 3.3 to 3.6 */
	{ 3390, 3399, 16, "iiiiiooooooooio" },		/* 3.7 */
	{ 3400, 3449, 16, "iiiiiiooooooooio" },		/* 3.8 to 3.10 */
	{ 3450, 3999, 16, "iiiiiooooooooioo" },		/* 3.11 on */
};

/* After the type: bytes, then a length of so many bytes, a byte each unit. */
static const struct type {
	char type;
	uint8_t fixed, length, unit;
	bool text, holds;
} types[] = {
	{ '0', 0, 0, 0, false, false }, { 'N', 0, 0, 0, false, false },
	{ 'F', 0, 0, 0, false, false }, { 'T', 0, 0, 0, false, false },
	{ 'S', 0, 0, 0, false, false }, { '.', 0, 0, 0, false, false },
	{ 'i', 4, 0, 0, false, false }, { 'I', 8, 0, 0, false, false },
	{ 'g', 8, 0, 0, false, false }, { 'y', 16, 0, 0, false, false },
	{ 'r', 4, 0, 0, false, false }, { 'R', 4, 0, 0, false, false },
	{ 'f', 0, 1, 1, true, false }, { 'l', 0, 4, 2, false, false },
	{ 's', 0, 4, 1, true, false }, { 't', 0, 4, 1, true, false },
	{ 'u', 0, 4, 1, true, false }, { 'a', 0, 4, 1, true, false },
	{ 'A', 0, 4, 1, true, false }, { 'z', 0, 1, 1, true, false },
	{ 'Z', 0, 1, 1, true, false }, { '(', 0, 4, 0, false, true },
	{ '[', 0, 4, 0, false, true }, { '<', 0, 4, 0, false, true },
	{ '>', 0, 4, 0, false, true }, { ')', 0, 1, 0, false, true },
	{ DICT, 0, 0, 0, false, true }, { CODE, 0, 0, 0, false, true },
};

/* What waits for objects: a code for the rest of its parts, a dictionary for
   its end, others for so many more. */
struct frame {
	const char *code;
	uint32_t left;
	bool dict;
};

struct strings {
	struct unwrap *u;
	struct tap *from;
	const struct version *version;
	struct frame frames[DEEP];
	unsigned n;
	uint64_t left;		/* bytes of a string */
	bool shown, line;
};

static const struct version *
version_of(struct span head)
{
	unsigned number;

	if (head.len < HEADER_MOST + 1 || head.ptr[2] != '\r' ||
		head.ptr[3] != '\n')
		return NULL;
	number = le_16(head.ptr);
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		if (number >= versions[i].first && number <= versions[i].last)
			return &versions[i];
	return NULL;
}

bool
pyc_is(struct span head)
{
	const struct version *v = version_of(head);

	return v && (head.ptr[v->header] & ~REF) == CODE;
}

static const struct type *
type_of(uint8_t c)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (types[i].type == (char)(c & ~REF))
			return &types[i];
	return NULL;
}

/* False: too deep. */
static bool
push(struct strings *s, struct frame f)
{
	if (s->n == DEEP)
		return false;
	s->frames[s->n++] = f;
	return true;
}

/* An object of which all before its bytes can be seen.  False: it is none. */
static bool
open_object(struct strings *s, const struct type *type, struct span bytes)
{
	uint64_t n = type->length == 1 ? bytes.ptr[1] :
		type->length == 4 ? le_32(bytes.ptr + 1) : 0;

	if (type->type == 'l' && n >> 31)
		n = (1ULL << 32) - n;		/* the sign of a number */
	s->left = type->fixed + n * type->unit;
	s->shown = s->line = type->text;
	tap_inside(s->from, 1U + type->length);
	if (type->type == NONE && s->n && s->frames[s->n - 1].dict)
		s->n--;
	if (!type->holds)
		return true;
	return push(s, (struct frame){ .left = (uint32_t)n,
		.dict = type->type == DICT,
		.code = type->type == CODE ? s->version->code : NULL });
}

static bool
next_object(struct strings *s)
{
	struct span bytes = tap_look(s->from, 1 + 4);
	const struct type *type = bytes.len ? type_of(bytes.ptr[0]) : NULL;

	return type && bytes.len >= 1U + type->length &&
		open_object(s, type, bytes);
}

/* What the innermost waits for.  False: it is damaged. */
static bool
next_part(struct strings *s)
{
	struct frame *f = &s->frames[s->n - 1];

	if (f->code && *f->code == 'i') {
		f->code++;
		s->left = 4;
		s->shown = s->line = false;
		return true;
	}
	if (f->code ? !*f->code : !f->dict && !f->left) {
		s->n--;
		return true;
	}
	if (f->code)
		f->code++;
	else if (!f->dict)
		f->left--;
	return next_object(s);
}

static size_t
fail(struct strings *s, struct tap *t)
{
	t->broken = s->from->broken ? "" : tap_look(s->from, 1).len ?
		"damaged: what follows was scanned as it is" : "truncated";
	t->why = STANCH_GAP_CORRUPT;
	s->n = 0;
	s->left = 0;
	s->line = false;
	return 0;
}

static size_t
give(struct strings *s, struct tap *t, uint8_t *to, size_t n)
{
	struct span bytes = span_first(tap_look(s->from, 1), n);

	if (!bytes.len)
		return fail(s, t);
	if (bytes.len > s->left)
		bytes.len = (size_t)s->left;
	if (s->shown)
		memcpy(to, bytes.ptr, bytes.len);
	s->left -= bytes.len;
	tap_inside(s->from, bytes.len);
	return s->shown ? bytes.len : 0;
}

static size_t
fill(struct tap *t, uint8_t *to, size_t n)
{
	struct strings *s = t->of;
	size_t got = 0;

	while (!got && (s->n || s->left || s->line)) {
		if (s->left) {
			got = give(s, t, to, n);
		} else if (s->line) {
			s->line = false;
			*to = '\n';
			got = 1;
		} else if (!next_part(s)) {
			fail(s, t);
		}
	}
	if (!unwrap_decoded(s->u, got))
		t->broken = "";
	return got;
}

void
pyc_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct strings s = { .u = u, .from = t };

	s.version = version_of(tap_look(t, HEADER_MOST + 1));
	tap_inside(t, s.version->header);
	s.frames[s.n++] = (struct frame){ .left = 1 };
	sift_made(u, "strings", fill, &s, depth);
}
