/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_cmap.c - beginbfchar, beginbfrange and begincodespacerange (Adobe's
 * technical note 5411).  Other parts of CMaps do not tell of characters.
 */
#include "unwrap/pdf_cmap.h"

void
pdf_cmap_begin(struct pdf_cmap *c, struct pdf_maps *maps, uint64_t id)
{
	*c = (struct pdf_cmap){ .maps = maps, .id = id };
}

/* UTF-16, the high byte first; a byte alone is a character, too. */
static size_t
points_of(struct span s, uint32_t *points)
{
	size_t n = 0;

	if (s.len == 1) {
		points[0] = s.ptr[0];
		return 1;
	}
	for (size_t i = 0; i + 1 < s.len && n < PDF_POINTS; i += 2) {
		uint32_t v = (uint32_t)s.ptr[i] << 8 | s.ptr[i + 1];
		uint32_t low = i + 3 < s.len ?
			(uint32_t)s.ptr[i + 2] << 8 | s.ptr[i + 3] : 0;

		if (v >> 10 == 0x36 && low >> 10 == 0x37) {
			v = 0x10000 + ((v & 0x3ff) << 10 | (low & 0x3ff));
			i += 2;
		}
		points[n++] = v == PDF_OTHER || v >> 11 == 0x1b ?
			PDF_NO_LETTER : v;
	}
	return n;
}

static void
add(struct pdf_cmap *c, uint32_t from, uint32_t to, struct span s)
{
	uint32_t points[PDF_POINTS];

	pdf_maps_add(c->maps, from, to, points, points_of(s, points));
}

static struct span
waiting(const struct pdf_cmap *c, unsigned i)
{
	return span_of(c->code[i], c->len[i]);
}

bool
pdf_cmap_wants(const struct pdf_cmap *c)
{
	return c->what != CMAP_NONE;
}

/* A code is complete with so many strings before the last. */
static unsigned
before_last(const struct pdf_cmap *c)
{
	return c->what == CMAP_RANGES ? 2 : 1;
}

void
pdf_cmap_string(struct pdf_cmap *c, struct span s)
{
	uint32_t from = pdf_maps_number(waiting(c, 0));
	uint32_t to = pdf_maps_number(waiting(c, 1));

	if (c->n < before_last(c)) {
		s = span_first(s, PDF_CODE);
		if (s.len)
			memcpy(c->code[c->n], s.ptr, s.len);
		c->len[c->n++] = s.len;
		return;
	}
	if (c->array) {
		if (c->next <= to && !c->over)
			add(c, c->next, c->next, s);
		c->over = c->over || c->next == UINT32_MAX;
		c->next++;
		return;
	}
	if (c->what == CMAP_SPACES)
		pdf_maps_space(c->maps, waiting(c, 0), s);
	else
		add(c, from, c->what == CMAP_CHARS ? from : to, s);
	c->n = 0;
}

void
pdf_cmap_array(struct pdf_cmap *c, bool open)
{
	if (c->what != CMAP_RANGES)
		return;
	c->array = open && c->n == 2;
	c->over = false;
	c->next = pdf_maps_number(waiting(c, 0));
	if (!open)
		c->n = 0;
}

static void
begin_part(struct pdf_cmap *c, int what)
{
	if (c->maps->now.id != c->id)
		pdf_maps_begin(c->maps, c->id);
	c->what = what;
	c->n = 0;
	c->array = false;
}

void
pdf_cmap_word(struct pdf_cmap *c, struct span word)
{
	if (span_equal(word, span_str("beginbfchar")))
		begin_part(c, CMAP_CHARS);
	else if (span_equal(word, span_str("beginbfrange")))
		begin_part(c, CMAP_RANGES);
	else if (span_equal(word, span_str("begincodespacerange")))
		begin_part(c, CMAP_SPACES);
	else if (span_starts(word, "end"))
		c->what = CMAP_NONE;
}

void
pdf_cmap_end(struct pdf_cmap *c)
{
	if (c->id && c->maps->now.id == c->id)
		pdf_maps_end(c->maps);
}
