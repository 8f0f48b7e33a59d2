/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf.c - a PDF (ISO 32000-1): its objects as text, and the streams among
 * them, decoded.  They are met one after the other; the table that says where
 * objects are has no say, so what it hides is found.
 */
#include "unwrap/decoder.h"
#include "unwrap/pdf_filters.h"
#include "unwrap/pdf_words.h"

enum {
	LOOK = 64,		/* bytes in which "endstream" is looked for */
	END = 9,		/* bytes of that */
	EOLS = 3		/* before it */
};

struct pdf {
	struct unwrap *u;
	struct tap *t;
	unsigned depth;
	struct pdf_object object;
	struct pdf_text text;
	bool eof;		/* its mark was the last there was */
	bool told;		/* that it is encrypted */
	struct pdf_words words;
};

/* ---- is it encrypted? ---- */

static bool
names_encryption(struct span s)
{
	return s.len && memmem(s.ptr, s.len, "/Encrypt", 8) != NULL;
}

/* That stands at the end, or in the last table: it is looked for ahead where
   that can be done. */
static bool
is_encrypted(struct unwrap *u, struct tap *t)
{
	struct span s = tap_look(t, TAP_ROOM);
	uint64_t at = t->origin + t->at;
	uint64_t end = at + tap_most(t);
	uint8_t *room;
	bool found = names_encryption(s);
	size_t got = TAP_ROOM;

	if (t->ended || found || !t->far)
		return found;
	room = unwrap_room(u);
	while (room && got == TAP_ROOM && at < end && !found) {
		got = t->far(t->far_of, room, end - at < TAP_ROOM ?
			(size_t)(end - at) : TAP_ROOM, at);
		found = names_encryption(span_of(room, got));
		at += TAP_ROOM - 7;
	}
	if (room)
		unwrap_room_back(u, room);
	return found;
}

/* ---- objects ---- */

static bool
on_token(void *of, enum pdf_kind kind, struct span text)
{
	struct pdf *p = of;

	pdf_fonts_token(&p->words.fonts, kind, text, 0);
	p->eof = p->eof && kind != PDF_WORD;
	if (kind != PDF_COMMENT)
		return pdf_object_token(&p->object, kind, text);
	p->eof = p->eof || span_starts(text, "%EOF");
	return p->eof;
}

static size_t
fill_text(struct tap *t, uint8_t *to, size_t n)
{
	return pdf_text_read(t->of, to, n);
}

/* Up to where a stream begins, or the end. */
static void
give_objects(struct pdf *p, uint64_t begin)
{
	struct unwrap *u = p->u;
	size_t before = p->t->at > begin ?
		unwrap_enter_at(u, "objects", p->t->at) : u->place.len;
	uint8_t *room = unwrap_room(u);
	struct tap text;

	if (room) {
		pdf_text_begin(&p->text, p->t, true);
		p->text.on_token = on_token;
		p->text.of = p;
		tap_init(&text, room, fill_text, &p->text);
		sift_raw(u, &text);
		unwrap_room_back(u, room);
	}
	unwrap_leave(u, before);
}

/* Behind its end: objects that were added, or something else? */
static bool
goes_on(struct pdf *p)
{
	struct span s = tap_look(p->t, LOOK);
	size_t i = 0;

	if (!s.len || !p->eof)
		return s.len;
	while (i < s.len && memchr("\r\n\t ", s.ptr[i], 4))
		i++;
	s = span_skip(s, i);
	return !s.len || s.ptr[0] == '%' || span_starts(s, "xref") ||
		(s.ptr[0] >= '0' && s.ptr[0] <= '9');
}

/* ---- where a stream ends ---- */

static bool
is_end(struct span s)
{
	size_t i = 0;

	while (i < s.len && i < EOLS - 1 &&
		(s.ptr[i] == '\r' || s.ptr[i] == '\n'))
		i++;
	return span_starts(span_skip(s, i), "endstream");
}

/* Whether the stream is as long as its object says. */
static bool
length_holds(struct pdf *p, uint64_t n)
{
	uint8_t end[END + EOLS];
	struct tap *t = p->t;
	size_t got;

	if (n + sizeof end <= TAP_ROOM) {
		struct span s = tap_look(t, (size_t)n + sizeof end);

		return is_end(span_first(span_skip(s, (size_t)n), sizeof end));
	}
	if (!t->far || n > INT64_MAX / 2)
		return false;
	got = t->far(t->far_of, end, sizeof end, t->origin + t->at + n);
	return is_end(span_of(end, got));
}

static size_t
fill_to_end(struct tap *t, uint8_t *to, size_t n)
{
	struct tap *from = t->of;
	struct span s = tap_look(from, LOOK);
	const uint8_t *end = s.len ? memmem(s.ptr, s.len, "endstream", END) :
		NULL;
	size_t most = end ? (size_t)(end - s.ptr) :
		from->ended ? s.len : s.len - END;

	if (!end && from->ended && !t->broken) {
		t->broken = from->broken ? "" : "truncated";
		t->why = STANCH_GAP_CORRUPT;
	}
	if (most > n)
		most = n;
	if (!most)
		return 0;
	memcpy(to, s.ptr, most);
	tap_inside(from, most);
	return most;
}

/* ---- streams ---- */

/* What a page shows, objects, or a file. */
static void
give_decoded(struct pdf *p, struct tap *t)
{
	struct unwrap *u = p->u;
	struct pdf_text text;
	uint8_t *room;
	struct tap out;

	if (p->object.binary || p->object.file) {
		if (p->object.file)
			sift(u, t, p->depth + 1);
		else
			sift_raw(u, t);
		return;
	}
	if (p->object.predicted)
		unwrap_gap(u, STANCH_GAP_FORMAT, "a predictor, which was not "
			"undone", GAP_BYTES_UNKNOWN);
	room = unwrap_room(u);
	if (!room)
		return;
	pdf_text_begin(&text, t, p->object.objects);
	pdf_words_stream(&p->words, &text, &p->object);
	tap_init(&out, room, fill_text, &text);
	sift(u, &out, p->depth + 1);
	pdf_words_stream_end(&p->words);
	unwrap_room_back(u, room);
}

static void decode(struct pdf *p, struct tap *t, unsigned i);

static void
decode_flate(struct pdf *p, struct tap *t, unsigned i)
{
	struct decoder d;
	struct tap out;

	if (!decoder_open(&d, &out, p->u, &decoder_zlib, t))
		return;
	d.one = true;
	decode(p, &out, i + 1);
	decoder_close(&d, &out);
}

static void
decode_own(struct pdf *p, struct tap *t, unsigned i)
{
	struct unwrap *u = p->u;
	uint8_t *room = unwrap_room(u);
	struct pdf_filtered f;
	struct tap out;

	if (!room)
		return;
	if (pdf_filters_open(&f, &out, room, u, t, p->object.filters[i]))
		decode(p, &out, i + 1);
	pdf_filters_close(&f);
	if (out.broken && !u->stopped)
		unwrap_gap(u, out.why, out.broken, GAP_BYTES_UNKNOWN);
	unwrap_room_back(u, room);
}

/* By filter i, and those behind it. */
static void
decode(struct pdf *p, struct tap *t, unsigned i)
{
	enum pdf_filter filter = i < p->object.nfilters ?
		p->object.filters[i] : PDF_IMAGE;

	if (!tap_look(t, 1).len || p->u->spent)
		return;
	if (i >= p->object.nfilters) {
		give_decoded(p, t);
	} else if (filter == PDF_IMAGE) {
		sift_raw(p->u, t);
	} else if (filter >= PDF_CRYPT || p->object.nfilters > PDF_FILTERS) {
		unwrap_gap(p->u, STANCH_GAP_FORMAT, "a filter that is not "
			"known: it was scanned as it is", GAP_BYTES_UNKNOWN);
		sift_raw(p->u, t);
	} else if (filter == PDF_FLATE) {
		decode_flate(p, t, i);
	} else {
		decode_own(p, t, i);
	}
}

static bool
is_blank(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!memchr("\r\n\t ", s.ptr[i], 4))
			return false;
	return true;
}

static void
give_content(struct pdf *p, struct tap *part)
{
	struct unwrap *u = p->u;

	if (p->object.encrypted) {
		if (!p->told)
			unwrap_gap(u, STANCH_GAP_ENCRYPTED, "it needs a key: "
				"this and other streams were scanned as they "
				"are", GAP_BYTES_UNKNOWN);
		p->told = true;
		sift_raw(u, part);
		return;
	}
	decode(p, part, 0);
	/* A line's end, or what was too much for the filters. */
	if (u->stopped)
		return;
	if (tap_look(part, LOOK).len < LOOK &&
		is_blank(span_of(part->ptr, part->len)))
		tap_inside(part, part->len);
	else
		sift(u, part, p->depth + 1);
}

static void
give_stream(struct pdf *p)
{
	struct unwrap *u = p->u;
	uint64_t lacks = 0, n = p->object.length;
	uint8_t *room = unwrap_room(u);
	struct tap part;

	if (!room)
		return;
	if (n && length_holds(p, n)) {
		tap_part(&part, p->t, n, room);
		give_content(p, &part);
		lacks = tap_part_end(&part);
	} else {
		tap_init(&part, room, fill_to_end, p->t);
		give_content(p, &part);
	}
	if (((part.broken && part.broken[0]) || lacks) && !u->stopped &&
		!p->t->broken && !u->spent)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "truncated",
			GAP_BYTES_UNKNOWN);
	unwrap_room_back(u, room);
}

/* At "stream": a line's end, and its bytes. */
static void
take_stream(struct pdf *p)
{
	struct unwrap *u = p->u;
	size_t before = u->place.len;
	struct span s = tap_look(p->t, 2);

	if (span_starts(s, "\r\n"))
		tap_inside(p->t, 2);
	else if (s.len && (s.ptr[0] == '\n' || s.ptr[0] == '\r'))
		tap_inside(p->t, 1);
	if (!buf_printf(&u->place, "!object %llu",
		(unsigned long long)p->object.number))
		u->nomem = u->stopped = true;
	if (unwrap_member(u))
		give_stream(p);
	unwrap_leave(u, before);
}

void
pdf_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct pdf p = { .u = u, .t = t, .depth = depth };
	uint64_t begin = t->at;

	p.object.encrypted = is_encrypted(u, t);
	pdf_words_init(&p.words, u);
	while (!u->stopped && !u->spent && goes_on(&p)) {
		give_objects(&p, begin);
		if (!p.eof && tap_look(t, 1).len && !u->stopped)
			take_stream(&p);
	}
	pdf_words_end(&p.words);
	if (!p.eof && !u->stopped && !u->spent && !t->broken)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "without its end: objects "
			"may be missing", GAP_BYTES_UNKNOWN);
}
