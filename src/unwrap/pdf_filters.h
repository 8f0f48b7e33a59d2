/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_filters.h - the filters of PDF streams that no library has (ISO 32000-1,
   7.4), each as a tap. */
#ifndef UNWRAP_PDF_FILTERS_H
#define UNWRAP_PDF_FILTERS_H

#include "unwrap/pdf_object.h"
#include "unwrap/unwrap_private.h"

enum { PDF_LZW_CODES = 4096 };

struct pdf_lzw {
	uint16_t before[PDF_LZW_CODES];	/* what is before `last` */
	uint8_t last[PDF_LZW_CODES];
	uint8_t stack[PDF_LZW_CODES];		/* to come, the last first */
	unsigned nstack, next, width;
	int code;				/* the one before, or -1 */
};

struct pdf_filtered {
	struct unwrap *u;
	struct tap *from;
	bool ended;
	uint32_t bits;			/* of LZW, of a group of ASCII85 */
	unsigned nbits;
	uint8_t group[4];
	unsigned ngroup, given;		/* bytes of the group */
	unsigned run;			/* bytes to come of a run length */
	int same;			/* the byte, or -1: as they come */
	struct pdf_lzw *lzw;
};

/* t gives what comes out of `from` by a filter, none of PDF_FLATE and such as
   stay.  False: out of memory, which was told.  The room is the caller's. */
bool pdf_filters_open(struct pdf_filtered *f, struct tap *t, uint8_t *room,
	struct unwrap *u, struct tap *from, enum pdf_filter filter);
void pdf_filters_close(struct pdf_filtered *f);

#endif
