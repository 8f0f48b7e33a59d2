/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_words.c - gathers by pdf_show.c and pdf_fonts.c, and tells the gaps;
   pdf_said.c puts together. */
#include "unwrap/pdf_words.h"

#include "unwrap/pdf_said.h"

void
pdf_words_init(struct pdf_words *w, struct unwrap *u)
{
	w->u = u;
	w->held = (struct pdf_held){ .u = u };
	pdf_maps_init(&w->maps, &w->held);
	pdf_fonts_init(&w->fonts, &w->held, &w->maps);
	pdf_show_init(&w->show, &w->held);
}

static void
on_bytes(void *of, struct span bytes)
{
	struct pdf_words *w = of;

	pdf_show_bytes(&w->show, bytes);
}

static bool
on_token(void *of, enum pdf_kind kind, struct span text)
{
	struct pdf_words *w = of;

	pdf_fonts_token(&w->fonts, kind, text, w->text->at);
	return false;
}

void
pdf_words_stream(struct pdf_words *w, struct pdf_text *text,
	const struct pdf_object *object)
{
	w->text = text;
	w->objects = object->objects;
	text->of = w;
	if (w->objects) {
		text->on_token = on_token;
		pdf_fonts_stream(&w->fonts, object->count, object->first);
	} else {
		text->on_bytes = on_bytes;
		pdf_show_begin(&w->show, &w->maps, object->number);
	}
}

void
pdf_words_stream_end(struct pdf_words *w)
{
	if (w->objects)
		pdf_fonts_stream_end(&w->fonts);
	else
		pdf_show_end(&w->show);
}

/* One of a kind for the whole document. */
static void
tell(struct pdf_words *w, const struct pdf_said_lacks *lacks, bool lost)
{
	struct unwrap *u = w->u;

	if (lost)
		unwrap_gap(u, STANCH_GAP_FORMAT, "text by numbers of glyphs, "
			"which was not decoded", GAP_BYTES_UNKNOWN);
	if (lacks->letters)
		unwrap_gap(u, STANCH_GAP_FORMAT, "glyphs whose letters its "
			"fonts do not tell", GAP_BYTES_UNKNOWN);
	if (lacks->fonts)
		unwrap_gap(u, STANCH_GAP_FORMAT, "text whose font was not "
			"found: its codes were scanned", GAP_BYTES_UNKNOWN);
	if (lacks->limits || w->held.full || w->show.unsaid)
		unwrap_gap(u, STANCH_GAP_OVER_LIMIT, "more text or fonts than "
			"are held in memory: codes were scanned, not letters",
			GAP_BYTES_UNKNOWN);
}

void
pdf_words_end(struct pdf_words *w)
{
	struct pdf_said_lacks lacks;
	struct unwrap *u = w->u;
	bool lost, matter;

	pdf_fonts_close(&w->fonts);
	pdf_maps_close(&w->maps);
	matter = pdf_fonts_matter(&w->fonts, &lost) || w->held.full;
	if (!u->stopped && matter && pdf_said(u, &w->fonts,
		buf_span(&w->show.log), &lacks)) {
		lacks.fonts = lacks.fonts || w->show.guessed || w->fonts.odd;
		tell(w, &lacks, lost);
	}
	pdf_show_free(&w->show);
	pdf_fonts_free(&w->fonts);
	pdf_maps_free(&w->maps);
}
