/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_text.h - the syntax of PDF (ISO 32000-1, 7.2 and 7.3) as text: strings
 * are decoded.  Of objects all else stays as it is; of a page's content, from
 * its first text on, only the strings are left, joined as they are shown.
 */
#ifndef UNWRAP_PDF_TEXT_H
#define UNWRAP_PDF_TEXT_H

#include "unwrap/tap.h"

enum pdf_kind {
	PDF_WORD, PDF_NAME, PDF_STRING, PDF_OPEN_DICT, PDF_CLOSE_DICT,
	PDF_OPEN_ARRAY, PDF_CLOSE_ARRAY, PDF_COMMENT
};

enum { PDF_TOKEN = 48, PDF_NUMBERS = 6, PDF_NUMBER = 16 };

struct pdf_text {
	struct tap *from;
	bool objects;		/* else a page's content, or what may be one */
	/* Told of each token, its first PDF_TOKEN bytes; true: no more.  The
	   byte behind it is not taken then.  May be NULL. */
	bool (*on_token)(void *of, enum pdf_kind kind, struct span text);
	/* Told of all bytes that were read, as they come.  May be NULL. */
	void (*on_bytes)(void *of, struct span bytes);
	void *of;
	bool stopped;		/* by on_token */
	uint64_t at;		/* bytes before the one that is read */
	/* Its own: */
	enum {
		PDF_PLAIN, PDF_ANGLE, PDF_IN_STRING, PDF_IN_HEX,
		PDF_IN_COMMENT
	} state;
	uint8_t token[PDF_TOKEN];
	size_t n;
	bool text;		/* only strings are left */
	bool angle;		/* a > was before */
	bool escaped;
	unsigned parens, octal, digits;
	int nibble;		/* the first of two, or -1 */
	unsigned array;
	char numbers[PDF_NUMBERS][PDF_NUMBER];	/* the last, in a ring */
	unsigned nnumbers;
	char line[PDF_NUMBER];	/* where the last one was */
	uint8_t gap;		/* to go before the next string, or 0 */
};

void pdf_text_begin(struct pdf_text *x, struct tap *from, bool objects);
/* Text, at most n bytes (n >= 16); 0 at its end. */
size_t pdf_text_read(struct pdf_text *x, uint8_t *to, size_t n);

#endif
