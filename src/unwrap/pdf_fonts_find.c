/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_fonts_find.c - the tables of what pdf_fonts.c has found: numbers of
 * objects in an object stream, fonts by name.
 */
#include <stdlib.h>

#include "unwrap/pdf_fonts_table.h"

enum { DIGITS = 17, COMPACT = 64 * 1024 };

struct streamed {
	uint64_t at, number;
};

bool
pdf_fonts_number(struct span word, uint64_t *n)
{
	*n = 0;
	if (!word.len || word.len > DIGITS)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
		*n = *n * 10 + (uint64_t)(word.ptr[i] - '0');
	}
	return true;
}

/* ---- object streams: numbers and offsets in turn, then the objects ---- */

void
pdf_fonts_stream(struct pdf_fonts *f, uint64_t count, uint64_t first)
{
	f->depth = 0;
	f->object = 0;
	f->count = count;
	f->first = first;
	f->streamed.len = 0;
	f->sorted = false;
}

void
pdf_fonts_stream_end(struct pdf_fonts *f)
{
	pdf_fonts_stream(f, 0, 0);
	pdf_held_free(f->held, &f->streamed);
}

void
pdf_fonts_add_streamed(struct pdf_fonts *f, uint64_t n)
{
	struct streamed *last = f->streamed.len ?
		(struct streamed *)(void *)(f->streamed.ptr +
		f->streamed.len) - 1 : NULL;
	const struct streamed next = { .at = UINT64_MAX, .number = n };

	if (last && last->at == UINT64_MAX)
		last->at = n;
	else if (f->streamed.len / sizeof next < f->count)
		(void)pdf_held_add(f->held, &f->streamed, &next, sizeof next);
}

static int
by_at(const void *pa, const void *pb)
{
	const struct streamed *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

uint64_t
pdf_fonts_streamed(struct pdf_fonts *f, uint64_t at)
{
	struct streamed *all = (void *)f->streamed.ptr;
	size_t n = f->streamed.len / sizeof *all, lo = 0, hi = n;

	if (!n || at < f->first)
		return 0;
	if (!f->sorted)
		qsort(all, n, sizeof *all, by_at);
	f->sorted = true;
	at -= f->first;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].at <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? all[lo - 1].number : 0;
}

/* ---- names ---- */

static int
by_hash(const void *pa, const void *pb)
{
	const struct pdf_font_name *a = pa, *b = pb;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->scope != b->scope)
		return a->scope < b->scope ? -1 : 1;
	return (a->font > b->font) - (a->font < b->font);
}

/* Each once, in their order. */
static void
unite(struct buf *b)
{
	struct pdf_font_name *all = (void *)b->ptr;
	size_t n = b->len / sizeof *all, kept = 0;

	if (!n)
		return;
	qsort(all, n, sizeof *all, by_hash);
	for (size_t i = 0; i < n; i++)
		if (!kept || by_hash(&all[kept - 1], &all[i]))
			all[kept++] = all[i];
	b->len = kept * sizeof *all;
}

void
pdf_fonts_compact(struct pdf_fonts *f)
{
	if (f->names.len < COMPACT || f->names.len < f->compact)
		return;
	unite(&f->names);
	f->compact = 2 * f->names.len;
}

/* ---- fonts ---- */

static int
kind_of(const struct pdf_font *font)
{
	return font->wide | font->identity << 1 | font->plain << 2;
}

static int
by_id(const void *pa, const void *pb)
{
	const struct pdf_font *a = pa, *b = pb;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->to_unicode != b->to_unicode)
		return a->to_unicode < b->to_unicode ? -1 : 1;
	if (a->encoding != b->encoding)
		return a->encoding < b->encoding ? -1 : 1;
	return kind_of(a) - kind_of(b);
}

static size_t
first_font(const struct pdf_font *all, size_t n, uint64_t id)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Widths by CID are those by code where these are the same. */
static void
close_widths(struct pdf_fonts *f)
{
	struct pdf_font *all = (void *)f->fonts.ptr;
	size_t n = f->fonts.len / sizeof *all;

	pdf_widths_end(&f->widths);
	for (size_t i = 0; i < n; i++) {
		struct pdf_font *font = &all[i];
		size_t k = font->wide ?
			first_font(all, n, font->descendant) : i;
		uint64_t id = pdf_fonts_make_up(f);

		if (k == n || font->drawn || (font->wide && (!font->identity ||
			!font->descendant || all[k].id != font->descendant)))
			continue;
		font->other = font->wide ? all[k].usual : 0;
		if (pdf_widths_map(&f->widths, f->maps, all[k].list, id,
			font->wide, font->first))
			font->widths = id;
	}
}

/* Names of what is no font are let go. */
static void
close_names(struct pdf_fonts *f)
{
	const struct pdf_font *fonts = (const void *)f->fonts.ptr;
	struct pdf_font_name *all = (void *)f->names.ptr;
	size_t n = f->names.len / sizeof *all, kept = 0;
	size_t nfonts = f->fonts.len / sizeof *fonts;

	for (size_t i = 0; i < n; i++) {
		struct pdf_font_name any = all[i];
		size_t k = first_font(fonts, nfonts, any.font);

		if (!any.font || k == nfonts || fonts[k].id != any.font)
			continue;
		all[kept++] = any;
		any.scope = 0;
		(void)pdf_held_add(f->held, &f->anywhere, &any, sizeof any);
	}
	f->names.len = kept * sizeof *all;
	unite(&f->names);
	unite(&f->anywhere);
}

void
pdf_fonts_close(struct pdf_fonts *f)
{
	if (f->fonts.len)
		qsort(f->fonts.ptr, f->fonts.len / sizeof(struct pdf_font),
			sizeof(struct pdf_font), by_id);
	unite(&f->names);
	close_widths(f);
	close_names(f);
	pdf_scopes_close(&f->scopes);
}

/* The first that is not before the other. */
static size_t
first_name(const struct pdf_font_name *all, size_t n,
	const struct pdf_font_name *other)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_hash(&all[mid], other) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct found {
	const struct pdf_font **to;
	size_t n;
	bool more;
};

static bool
has(const struct found *found, const struct pdf_font *font)
{
	for (size_t i = 0; i < found->n; i++)
		if (!by_id(found->to[i], font))
			return true;
	return false;
}

static void
add_fonts(const struct pdf_fonts *f, uint64_t id, struct found *found)
{
	const struct pdf_font *all = (const void *)f->fonts.ptr;
	size_t n = f->fonts.len / sizeof *all;

	for (size_t k = id ? first_font(all, n, id) : n;
		k < n && all[k].id == id && !found->more; k++) {
		if (has(found, &all[k]))
			continue;
		found->more = found->n == PDF_VARIANTS;
		if (!found->more)
			found->to[found->n++] = &all[k];
	}
}

/* What dictionaries of an object call so; 0: of any, as they all are. */
static void
add_named(const struct buf *names, const struct pdf_fonts *f, uint64_t name,
	uint64_t scope, struct found *found)
{
	const struct pdf_font_name *all = (const void *)names->ptr;
	const struct pdf_font_name from = { .hash = name, .scope = scope };
	size_t n = names->len / sizeof *all;

	for (size_t i = first_name(all, n, &from); i < n && !found->more &&
		all[i].hash == name && all[i].scope == scope; i++)
		add_fonts(f, all[i].font, found);
}

size_t
pdf_fonts_find(const struct pdf_fonts *f, uint64_t name,
	const struct pdf_where *where, const struct pdf_font **to, bool *more)
{
	struct found found = { .to = to };

	for (size_t i = 0; i < where->n && !found.more; i++)
		add_named(&f->names, f, name, where->objects[i], &found);
	if (!found.n)
		add_named(&f->anywhere, f, name, 0, &found);
	*more = found.more;
	return found.n;
}

bool
pdf_fonts_matter(const struct pdf_fonts *f, bool *lost)
{
	const struct pdf_font *fonts = (const void *)f->fonts.ptr;
	size_t n = f->fonts.len / sizeof *fonts;
	uint64_t identities = 0;
	bool matter = false;

	*lost = false;
	for (size_t i = 0; i < n; i++) {
		bool told = fonts[i].plain ||
			pdf_maps_find(f->maps, fonts[i].to_unicode, 0);

		identities += fonts[i].identity + fonts[i].plain;
		matter = matter || fonts[i].wide || told || fonts[i].encoding;
		*lost = *lost || ((fonts[i].wide || fonts[i].identity) &&
			(!told || !fonts[i].id));
	}
	*lost = *lost || identities < f->identities;
	return matter || *lost;
}

