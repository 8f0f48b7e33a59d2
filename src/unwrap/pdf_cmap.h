/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_cmap.h - a CMap of a PDF, as its tokens come: see pdf_maps.h. */
#ifndef UNWRAP_PDF_CMAP_H
#define UNWRAP_PDF_CMAP_H

#include "unwrap/pdf_maps.h"

enum { PDF_CMAP_STRING = 2 * PDF_POINTS };

struct pdf_cmap {
	struct pdf_maps *maps;
	uint64_t id;
	enum { CMAP_NONE, CMAP_SPACES, CMAP_CHARS, CMAP_RANGES } what;
	unsigned n;			/* strings that wait */
	uint8_t code[2][PDF_CODE];
	size_t len[2];
	uint32_t next;			/* of an array, code to be told */
	bool array, over;		/* over: the array is too long */
};

/* Of the stream of an object. */
void pdf_cmap_begin(struct pdf_cmap *c, struct pdf_maps *maps, uint64_t id);
void pdf_cmap_word(struct pdf_cmap *c, struct span word);
/* Whether strings are wanted. */
bool pdf_cmap_wants(const struct pdf_cmap *c);
void pdf_cmap_string(struct pdf_cmap *c, struct span s);
void pdf_cmap_array(struct pdf_cmap *c, bool open);
void pdf_cmap_end(struct pdf_cmap *c);

#endif
