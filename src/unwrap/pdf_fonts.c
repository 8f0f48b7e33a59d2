/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_fonts.c - dictionaries of objects, read for their fonts.  What the
 * fonts' codes mean is left to pdf_maps.c, what they are of to
 * pdf_fonts_find.c.
 */
#include "unwrap/pdf_fonts.h"

#include "base/codec.h"
#include "unwrap/pdf_fonts_table.h"
#include "unwrap/pdf_glyphs.h"

static const struct { const char *name; enum pdf_fonts_key key; } keys[] = {
	{ "Font", PDF_KEY_FONT }, { "Type", PDF_KEY_TYPE },
	{ "Subtype", PDF_KEY_SUBTYPE }, { "Encoding", PDF_KEY_ENCODING },
	{ "ToUnicode", PDF_KEY_TO_UNICODE },
	{ "Differences", PDF_KEY_DIFFERENCES },
	{ "Contents", PDF_KEY_CONTENTS }, { "Resources", PDF_KEY_RESOURCES },
	{ "Parent", PDF_KEY_PARENT }, { "Kids", PDF_KEY_KIDS },
	{ "Widths", PDF_KEY_WIDTHS }, { "W", PDF_KEY_WIDTHS },
	{ "FirstChar", PDF_KEY_FIRST }, { "DW", PDF_KEY_USUAL },
	{ "DescendantFonts", PDF_KEY_DESCENDANTS },
};

void
pdf_fonts_init(struct pdf_fonts *f, struct pdf_held *held,
	struct pdf_maps *maps)
{
	*f = (struct pdf_fonts){ .held = held, .maps = maps };
	pdf_scopes_init(&f->scopes, held);
	pdf_widths_init(&f->widths, held);
	buf_init(&f->fonts, PDF_HELD);
	buf_init(&f->names, PDF_HELD);
	buf_init(&f->streamed, PDF_HELD);
	buf_init(&f->anywhere, PDF_HELD);
}

void
pdf_fonts_free(struct pdf_fonts *f)
{
	pdf_scopes_free(&f->scopes);
	pdf_widths_free(&f->widths);
	pdf_held_free(f->held, &f->fonts);
	pdf_held_free(f->held, &f->names);
	pdf_held_free(f->held, &f->streamed);
	pdf_held_free(f->held, &f->anywhere);
}

/* FNV-1a; #41 is an A. */
uint64_t
pdf_fonts_name(struct span name)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.ptr[i];

		if (c == '#' && i + 2 < name.len) {
			int hi = codec_hex_value(name.ptr[i + 1]);
			int lo = codec_hex_value(name.ptr[i + 2]);

			if (hi >= 0 && lo >= 0) {
				c = (uint8_t)(hi << 4 | lo);
				i += 2;
			}
		}
		h = (h ^ c) * 0x100000001b3;
	}
	return h;
}

static enum pdf_fonts_key
key_of(struct span name)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (span_equal(name, span_str(keys[i].name)))
			return keys[i].key;
	return PDF_KEY_OTHER;
}

/* ---- what is found ---- */

static void
add_font(struct pdf_fonts *f, const struct pdf_font *font)
{
	(void)pdf_held_add(f->held, &f->fonts, font, sizeof *font);
}

static void
add_name(struct pdf_fonts *f, uint64_t hash, uint64_t font)
{
	const struct pdf_font_name n = { .hash = hash,
		.scope = f->object, .font = font };

	(void)pdf_held_add(f->held, &f->names, &n, sizeof n);
}

uint64_t
pdf_fonts_make_up(struct pdf_fonts *f)
{
	return PDF_MADE_UP | ++f->made_up;
}

/* ---- levels ---- */

/* NULL: outside of all, or deeper than is looked. */
static struct pdf_level *
level(struct pdf_fonts *f, unsigned back)
{
	return f->depth > back && f->depth <= PDF_LEVELS ?
		&f->levels[f->depth - 1 - back] : NULL;
}

/* What was taken for names of fonts is none. */
static void
not_refs(struct pdf_fonts *f, struct pdf_level *l)
{
	if (l->refs_only && f->names.len > l->mark)
		f->names.len = l->mark;
	l->refs_only = false;
}

/* The value of a key is over, or another thing begins. */
static void
end_value(struct pdf_fonts *f, struct pdf_level *l)
{
	if (l && l->value != PDF_REF && l->value != PDF_NONE_YET)
		not_refs(f, l);
}

static void
set_value(struct pdf_fonts *f)
{
	struct pdf_level *l = level(f, 0);

	if (!l)
		return;
	l->value = PDF_VALUE;
	if (!l->array)
		not_refs(f, l);
}

static uint64_t
object_at(struct pdf_fonts *f, uint64_t at)
{
	return f->first ? pdf_fonts_streamed(f, at) : f->object;
}

/* Widths, or what may be them: an object that is a list. */
static void
open_list(struct pdf_fonts *f, bool array, const struct pdf_level *up)
{
	if (f->widths.open && array)
		pdf_widths_array(&f->widths, true);
	else if (array && (!up || (!up->array && up->key == PDF_KEY_WIDTHS)))
		pdf_widths_open(&f->widths);
	else
		f->widths.bad = true;
}

static void
close_list(struct pdf_fonts *f, const struct pdf_level *l)
{
	struct pdf_level *up = level(f, 1);

	if (!l->array || !f->widths.open)
		return;
	if (up && up->array) {
		pdf_widths_array(&f->widths, false);
	} else if (!up) {
		pdf_widths_close(&f->widths, f->object);
	} else {
		up->font.list = pdf_fonts_make_up(f);
		pdf_widths_close(&f->widths, up->font.list);
	}
}

static void
open_level(struct pdf_fonts *f, bool array, uint64_t at)
{
	const struct pdf_level *up;
	struct pdf_level *l;

	if (!f->depth)
		f->object = object_at(f, at);
	set_value(f);
	f->depth++;
	l = level(f, 0);
	if (!l)
		return;
	up = level(f, 1);
	open_list(f, array, up);
	*l = (struct pdf_level){ .array = array, .mark = f->names.len,
		.edges = f->scopes.edges.len,
		.refs_only = !up && !array,
		.owner = up ? up->key : PDF_KEY_OTHER,
		.owner_name = up ? up->name : 0, .font.usual = 1000 };
	/* A state of graphics that sets a font. */
	f->odd = f->odd || (array && l->owner == PDF_KEY_FONT);
	if (!array || l->owner != PDF_KEY_DIFFERENCES || up->array)
		return;
	f->levels[f->depth - 2].map = f->depth == 2 && f->object ?
		f->object : pdf_fonts_make_up(f);
	pdf_maps_begin(f->maps, up->map);
	f->code = 0;
}

/* Only of pages and resources is it asked what leads to them. */
static void
close_scope(struct pdf_fonts *f, const struct pdf_level *l)
{
	if (f->depth == 1 && !l->array && !l->scoped)
		f->scopes.edges.len = l->edges;
}

/* A font, by its object or where it stands. */
static void
close_font(struct pdf_fonts *f, struct pdf_level *l)
{
	const struct pdf_level *up = level(f, 1);

	if (!up) {
		l->font.id = f->object;
	} else if (up->owner == PDF_KEY_FONT) {
		l->font.id = pdf_fonts_make_up(f);
		add_name(f, l->owner_name, l->font.id);
	} else if (up->owner == PDF_KEY_DESCENDANTS) {
		l->font.id = pdf_fonts_make_up(f);
		f->levels[f->depth - 3].font.descendant = l->font.id;
	}
	if (l->map && !l->font.encoding)
		l->font.encoding = l->map;
	add_font(f, &l->font);
}

static void
close_level(struct pdf_fonts *f)
{
	struct pdf_level *l = level(f, 0);

	if (l) {
		if (!l->array)
			end_value(f, l);
		if (l->array && l->owner == PDF_KEY_DIFFERENCES)
			pdf_maps_end(f->maps);
		if (!l->array && l->font.is)
			close_font(f, l);
		else if (!l->array && l->owner == PDF_KEY_ENCODING && l->map)
			f->levels[f->depth - 2].font.encoding = l->map;
		close_scope(f, l);
		close_list(f, l);
	}
	f->depth -= f->depth > 0;
	if (!f->depth)
		pdf_fonts_compact(f);
}

/* ---- values ---- */

static void
take_identity(struct pdf_fonts *f, struct pdf_level *l, struct span name)
{
	if (!span_equal(name, span_str("Identity-H")) &&
		!span_equal(name, span_str("Identity-V")))
		return;
	f->identities++;
	if (l && l->key == PDF_KEY_ENCODING)
		l->font.identity = true;
	if (l && l->key == PDF_KEY_TO_UNICODE)
		l->font.plain = true;
}

static void
take_difference(struct pdf_fonts *f, struct span name)
{
	uint32_t points[PDF_POINTS];
	size_t n = pdf_glyphs_points(name, points, PDF_POINTS);

	pdf_maps_add(f->maps, f->code, f->code, points, n);
	f->code++;
}

static void
take_key(struct pdf_fonts *f, struct pdf_level *l, struct span name)
{
	end_value(f, l);
	l->key = key_of(name);
	l->name = pdf_fonts_name(name);
	l->value = PDF_NONE_YET;
	l->keyed = true;
	l->font.is = l->font.is || l->key == PDF_KEY_TO_UNICODE;
	l->scoped = l->scoped || l->key == PDF_KEY_FONT ||
		(l->key >= PDF_KEY_CONTENTS && l->key <= PDF_KEY_KIDS);
}

/* A name that is the value of a key. */
static void
take_kind(struct pdf_level *l, struct span name)
{
	if (l->key == PDF_KEY_TYPE && span_equal(name, span_str("Font")))
		l->font.is = true;
	if (l->key != PDF_KEY_SUBTYPE)
		return;
	l->font.wide = span_equal(name, span_str("Type0"));
	l->font.drawn = span_equal(name, span_str("Type3"));
	l->font.is = l->font.is || l->font.wide;
}

static void
take_name(struct pdf_fonts *f, struct span name)
{
	struct pdf_level *l = level(f, 0);

	if (l && !l->array && (l->value != PDF_NONE_YET || !l->keyed)) {
		take_key(f, l, name);
		return;
	}
	take_identity(f, l, name);
	if (l && l->array && l->owner == PDF_KEY_DIFFERENCES)
		take_difference(f, name);
	if (l && !l->array)
		take_kind(l, name);
	set_value(f);
}

/* What leads from one object to another. */
static void
note_scope(struct pdf_fonts *f, const struct pdf_level *l, uint64_t object)
{
	enum pdf_fonts_key key = l->array ? l->owner : l->key;

	if ((l->array && f->depth == 1) || key == PDF_KEY_CONTENTS)
		pdf_scopes_add(&f->scopes, object, f->object);
	else if (key == PDF_KEY_RESOURCES || key == PDF_KEY_FONT ||
		(key == PDF_KEY_PARENT && f->depth == 1))
		pdf_scopes_add(&f->scopes, f->object, object);
}

static void
take_ref(struct pdf_fonts *f, uint64_t object)
{
	struct pdf_level *l = level(f, 0);

	if (!l)
		return;
	note_scope(f, l, object);
	f->widths.bad = true;
	if (l->array && l->owner == PDF_KEY_DESCENDANTS)
		f->levels[f->depth - 2].font.descendant = object;
	if (l->array)
		return;
	if (l->key == PDF_KEY_TO_UNICODE)
		l->font.to_unicode = object;
	else if (l->key == PDF_KEY_ENCODING)
		l->font.encoding = object;
	else if (l->key == PDF_KEY_WIDTHS)
		l->font.list = object;
	else if (l->key == PDF_KEY_DIFFERENCES)
		f->odd = true;
	if (l->owner == PDF_KEY_FONT || l->refs_only)
		add_name(f, l->name, object);
	l->value = PDF_REF;
}

static void
take_number(struct pdf_fonts *f, uint64_t n, uint64_t at)
{
	struct pdf_level *l = level(f, 0);

	if (!f->depth && f->first && at <= f->first) {
		pdf_fonts_add_streamed(f, n);
		return;
	}
	f->before[0] = f->before[1];
	f->before[1] = n;
	if (l && l->array && l->owner == PDF_KEY_DIFFERENCES)
		f->code = n < 0x10000 ? (uint32_t)n : 0;
	if (!l || l->array)
		return;
	l->value = PDF_MAYBE_REF;
	if (l->key == PDF_KEY_FIRST)
		l->font.first = n < 256 ? (uint32_t)n : 256;
	else if (l->key == PDF_KEY_USUAL)
		l->font.usual = n < 10000 ? (uint32_t)n : 10000;
}

static void
take_word(struct pdf_fonts *f, struct span word, uint64_t at)
{
	uint64_t n;

	pdf_widths_word(&f->widths, word);
	if (pdf_fonts_number(word, &n)) {
		take_number(f, n, at);
	} else if (span_equal(word, span_str("R"))) {
		take_ref(f, f->before[0]);
	} else if (span_equal(word, span_str("obj"))) {
		f->depth = 0;
		f->widths.open = false;
		f->object = f->before[0];
	} else if (span_equal(word, span_str("endobj")) ||
		span_equal(word, span_str("stream")) ||
		span_equal(word, span_str("trailer"))) {
		f->depth = 0;
		f->object = 0;
		f->before[0] = f->before[1] = 0;
	} else {
		set_value(f);
	}
}

void
pdf_fonts_token(struct pdf_fonts *f, enum pdf_kind kind, struct span text,
	uint64_t at)
{
	switch (kind) {
	case PDF_WORD:
		take_word(f, text, at);
		break;
	case PDF_NAME:
		f->widths.bad = true;
		take_name(f, span_skip(text, 1));
		break;
	case PDF_STRING:
		f->widths.bad = true;
		set_value(f);
		break;
	case PDF_OPEN_DICT:
	case PDF_OPEN_ARRAY:
		open_level(f, kind == PDF_OPEN_ARRAY, at);
		break;
	case PDF_CLOSE_DICT:
	case PDF_CLOSE_ARRAY:
		close_level(f);
		break;
	default:
		break;
	}
}
