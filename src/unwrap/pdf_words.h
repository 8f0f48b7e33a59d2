/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_words.h - the words of a PDF whose fonts have codes of their own.  What
 * pages show and what fonts' codes mean is gathered while the file goes by,
 * and put together at its end: fonts stand behind the pages that use them.
 */
#ifndef UNWRAP_PDF_WORDS_H
#define UNWRAP_PDF_WORDS_H

#include "unwrap/pdf_fonts.h"
#include "unwrap/pdf_object.h"
#include "unwrap/pdf_show.h"

struct pdf_words {
	struct unwrap *u;
	struct pdf_held held;
	struct pdf_maps maps;
	struct pdf_fonts fonts;
	struct pdf_show show;
	const struct pdf_text *text;
	bool objects;		/* it is of an object stream */
};

void pdf_words_init(struct pdf_words *w, struct unwrap *u);
/* text, which is to be read, is a stream of an object. */
void pdf_words_stream(struct pdf_words *w, struct pdf_text *text,
	const struct pdf_object *object);
void pdf_words_stream_end(struct pdf_words *w);
/* Gives out what was shown, tells what is not known, and frees all. */
void pdf_words_end(struct pdf_words *w);

#endif
