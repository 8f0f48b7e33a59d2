/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_said.c - the log of pdf_show.h, font by font.  Codes become letters in
 * pdf_letters.c.
 */
#include "unwrap/pdf_said.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "unwrap/pdf_letters.h"
#include "unwrap/pdf_show.h"

struct said {
	struct unwrap *u;
	const struct pdf_fonts *fonts;
	struct pdf_said_lacks *lacks;
	uint64_t work;			/* bytes of codes yet */
	struct pdf_letters_name names[PDF_SAID_NAMES];
	size_t nnames;
	size_t variant;
	uint64_t object;
	struct pdf_where where;
	/* A line: */
	uint8_t *line;			/* TAP_ROOM bytes */
	size_t n;
	bool keep;			/* it has letters that differ */
	bool open;			/* the place is */
	int64_t wide;			/* what was shown */
	bool rough;			/* ... at most */
	int32_t spacing;		/* after each letter of it */
};

/* One record of the log. */
struct record {
	uint8_t tag;
	uint64_t value;
	int32_t by;
	struct span text;
};

/* Thousandths of the size: a blank; ... where widths are not known. */
enum { WORD_GAP = 180, ROUGH_GAP = 250 };

static bool
next(struct span *log, struct record *r)
{
	uint32_t n = 0;

	*r = (struct record){ .tag = log->len ? log->ptr[0] : 0 };
	if (!r->tag)
		return false;
	*log = span_skip(*log, 1);
	if (r->tag == PDF_TAG_STREAM || r->tag == PDF_TAG_FONT) {
		memcpy(&r->value, log->ptr, sizeof r->value);
		*log = span_skip(*log, sizeof r->value);
	} else if (r->tag == PDF_TAG_MOVE || r->tag == PDF_TAG_KERN ||
		r->tag == PDF_TAG_SPACING) {
		memcpy(&r->by, log->ptr, sizeof r->by);
		*log = span_skip(*log, sizeof r->by);
	} else if (r->tag == PDF_TAG_TEXT) {
		memcpy(&n, log->ptr, sizeof n);
		*log = span_skip(*log, sizeof n);
	}
	if (r->tag == PDF_TAG_TEXT) {
		r->text = span_first(*log, n);
		*log = span_skip(*log, n);
	}
	return true;
}

/* ---- lines ---- */

static void
flush(struct said *s)
{
	struct unwrap *u = s->u;

	if (s->keep && s->n && !u->stopped && unwrap_decoded(u, s->n)) {
		if (!s->open)
			unwrap_begin(u);
		s->open = true;
		unwrap_bytes(u, span_of(s->line, s->n));
	}
	s->n = 0;
}

static void
put(struct said *s, uint32_t point)
{
	if (s->n + 4 > TAP_ROOM) {
		s->keep = true;
		flush(s);
	}
	s->n += utf8_put(point, s->line + s->n);
}

/* Text is moved to. */
static void
start_string(struct said *s)
{
	s->wide = 0;
	s->rough = false;
}

static void
end_line(struct said *s)
{
	put(s, '\n');
	flush(s);
	s->keep = false;
	start_string(s);
}

static void
put_blank(struct said *s)
{
	if (!s->n || s->line[s->n - 1] != ' ')
		put(s, ' ');
}

static void
move(struct said *s, int32_t by)
{
	if (by > s->wide + (s->rough ? ROUGH_GAP : WORD_GAP))
		put_blank(s);
	start_string(s);
}

static void
kern(struct said *s, int32_t by)
{
	if (by < -WORD_GAP)
		put_blank(s);
	s->wide -= by;
}

static void
put_text(struct said *s, const struct pdf_letters_name *name, struct span text)
{
	const struct pdf_letters *by = pdf_letters_of(name, s->variant);
	struct pdf_letter to;

	s->keep = s->keep || (name && name->differs);
	while (text.len) {
		pdf_letters_next(s->fonts->maps, by, &text, &to);
		s->keep = s->keep || !to.same;
		for (size_t i = 0; i < to.n; i++)
			put(s, to.points[i]);
		s->wide += (int64_t)to.width + s->spacing;
		s->rough = s->rough || to.rough;
	}
}

/* ---- a stream ---- */

/* NULL: there are too many. */
static struct pdf_letters_name *
name_of(struct said *s, uint64_t hash)
{
	struct pdf_letters_name *name;

	for (size_t i = 0; i < s->nnames; i++)
		if (s->names[i].hash == hash)
			return &s->names[i];
	if (s->nnames == PDF_SAID_NAMES) {
		s->lacks->limits = true;
		return NULL;
	}
	name = &s->names[s->nnames++];
	pdf_letters_find(name, s->fonts, hash, &s->where);
	s->lacks->limits = s->lacks->limits || name->more;
	s->lacks->fonts = s->lacks->fonts || !name->n;
	return name;
}

/* What differs from the codes in this variant, and what is not known. */
static bool
weigh(struct said *s, struct span log)
{
	struct pdf_letters_name *name = NULL;
	struct pdf_letter to;
	bool any = false;
	struct record r;

	for (size_t i = 0; i < s->nnames; i++)
		s->names[i].differs = s->names[i].lacking = false;
	while (next(&log, &r) && r.tag != PDF_TAG_STREAM) {
		const struct pdf_letters *by;

		if (r.tag == PDF_TAG_FONT)
			name = name_of(s, r.value);
		by = pdf_letters_of(name, s->variant);
		if (!by || pdf_letters_are_codes(by))
			continue;
		while (r.text.len) {
			pdf_letters_next(s->fonts->maps, by, &r.text, &to);
			/* Of a ligature only its line is given out. */
			name->differs = name->differs ||
				(!to.same && to.n == 1);
			name->lacking = name->lacking || to.lacks;
			any = any || !to.same;
		}
	}
	for (size_t i = 0; i < s->nnames; i++)
		s->names[i].never = s->names[i].never && s->names[i].lacking;
	return any;
}

static void
give(struct said *s, struct span log)
{
	struct unwrap *u = s->u;
	const struct pdf_letters_name *name = NULL;
	struct record r;

	s->n = 0;
	s->spacing = 0;
	s->keep = s->open = false;
	start_string(s);
	while (!u->stopped && !u->spent && next(&log, &r) &&
		r.tag != PDF_TAG_STREAM) {
		if (r.tag == PDF_TAG_FONT)
			name = name_of(s, r.value);
		else if (r.tag == PDF_TAG_TEXT)
			put_text(s, name, r.text);
		else if (r.tag == PDF_TAG_LINE)
			end_line(s);
		else if (r.tag == PDF_TAG_MOVE)
			move(s, r.by);
		else if (r.tag == PDF_TAG_SPACING)
			s->spacing = r.by;
		else
			kern(s, r.by);
	}
	flush(s);
	if (s->open)
		unwrap_end(u);
}

static void
give_variant(struct said *s, struct span log)
{
	struct unwrap *u = s->u;
	size_t before = u->place.len;
	bool ok = buf_printf(&u->place, "!object %llu!text",
		(unsigned long long)s->object);

	if (s->variant)
		ok = ok && buf_printf(&u->place, " %zu", s->variant + 1);
	if (!ok)
		u->nomem = u->stopped = true;
	else if (unwrap_member(u))
		give(s, log);
	unwrap_leave(u, before);
}

/* All variants; the log behind it. */
static struct span
give_stream(struct said *s, struct span log)
{
	struct span rest = log, last = log;
	size_t variants = 1;
	struct record r;

	s->nnames = 0;
	while (next(&rest, &r) && r.tag != PDF_TAG_STREAM) {
		const struct pdf_letters_name *name = r.tag == PDF_TAG_FONT ?
			name_of(s, r.value) : NULL;

		if (name && name->n > variants)
			variants = name->n;
		last = rest;
	}
	for (s->variant = 0; s->variant < variants && !s->u->stopped &&
		!s->u->spent; s->variant++) {
		size_t n = log.len - last.len;

		if (n > s->work) {
			s->lacks->limits = true;
			break;
		}
		s->work -= n;
		if (weigh(s, log))
			give_variant(s, log);
	}
	for (size_t i = 0; i < s->nnames; i++)
		s->lacks->letters = s->lacks->letters || s->names[i].never;
	return last;
}

bool
pdf_said(struct unwrap *u, const struct pdf_fonts *fonts, struct span log,
	struct pdf_said_lacks *lacks)
{
	struct said *s = calloc(1, sizeof *s);
	uint8_t *room = unwrap_room(u);
	struct record r;

	*lacks = (struct pdf_said_lacks){ .letters = false };
	if (s && room) {
		s->u = u;
		s->fonts = fonts;
		s->lacks = lacks;
		s->line = room;
		s->work = PDF_SAID_WORK;
		while (!u->stopped && !u->spent && next(&log, &r)) {
			s->object = r.value;
			s->where.n = pdf_scopes_of(&fonts->scopes, r.value,
				s->where.objects);
			log = give_stream(s, log);
		}
	}
	if (!s)
		u->nomem = u->stopped = true;
	if (room)
		unwrap_room_back(u, room);
	free(s);
	return !u->stopped;
}
