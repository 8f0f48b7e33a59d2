/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_widths.h - lists of numbers in a PDF that may be widths of glyphs (ISO
 * 32000-1, 9.6 and 9.7.4.3).  They only tell whether two strings are one word.
 */
#ifndef UNWRAP_PDF_WIDTHS_H
#define UNWRAP_PDF_WIDTHS_H

#include "unwrap/pdf_maps.h"

enum { PDF_WIDTHS = 1024 * 1024 };	/* numbers that are looked at */

struct pdf_widths {
	struct pdf_held *held;
	struct buf numbers, lists;
	size_t first;		/* of the list that is read */
	bool open, bad;		/* bad: there is something else in it */
	size_t left;		/* numbers that are looked at yet */
};

void pdf_widths_init(struct pdf_widths *w, struct pdf_held *held);
void pdf_widths_free(struct pdf_widths *w);

/* A list, from its array's beginning to its end. */
void pdf_widths_open(struct pdf_widths *w);
void pdf_widths_word(struct pdf_widths *w, struct span word);
void pdf_widths_array(struct pdf_widths *w, bool open);	/* inside of it */
void pdf_widths_close(struct pdf_widths *w, uint64_t id);

/* No more come.  Before the next one. */
void pdf_widths_end(struct pdf_widths *w);
/*
 * A list becomes a map with another id: widths of codes from `first` on, or of
 * a Type0 font, whose codes stand in the list.  False: there is none.
 */
bool pdf_widths_map(struct pdf_widths *w, struct pdf_maps *maps, uint64_t list,
	uint64_t id, bool wide, uint32_t first);

#endif
