/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_show.h - a stream of a PDF, byte by byte: the strings that it shows are
 * kept by font, as what they mean may only be known later; a CMap becomes a
 * map.
 */
#ifndef UNWRAP_PDF_SHOW_H
#define UNWRAP_PDF_SHOW_H

#include "unwrap/pdf_cmap.h"
#include "unwrap/pdf_moves.h"
#include "unwrap/pdf_text.h"

enum {
	PDF_LOG = 32 * 1024 * 1024,	/* bytes of text that are kept */
	PDF_OPERAND = 1024 * 1024	/* ... of one operator */
};

/* The log: a tag, what it has behind it, and so on. */
enum pdf_tag {
	PDF_TAG_STREAM = 'S',	/* uint64_t: its object */
	PDF_TAG_FONT = 'F',	/* uint64_t: its name's hash, 0: not known */
	PDF_TAG_SPACING = 'C',	/* int32_t: thousandths after each letter */
	PDF_TAG_TEXT = 'T',	/* uint32_t: bytes, and these */
	PDF_TAG_KERN = 'K',	/* int32_t: thousandths to the left */
	PDF_TAG_MOVE = 'M',	/* int32_t: as pdf_moves_show() has it */
	PDF_TAG_LINE = 'L'
};

struct pdf_show {
	struct pdf_held *held;
	struct pdf_cmap cmap;
	struct pdf_moves moves;
	struct buf log, operand;
	bool unsaid;			/* some text was not kept */
	bool guessed;			/* its font was set elsewhere */
	/* Of a stream: */
	size_t begin;			/* of it in the log */
	uint64_t font;			/* the last in the log */
	int32_t spacing;		/* the same */
	bool any;			/* something is shown */
	bool text;			/* a BT was there */
	bool chosen;			/* a font was */
	bool lost;			/* it is not in the log */
	bool over;			/* the operand was too much */
	/* Its own: */
	enum {
		SHOW_PLAIN, SHOW_ANGLE, SHOW_STRING, SHOW_HEX, SHOW_COMMENT,
		SHOW_IMAGE
	} state;
	uint8_t token[PDF_TOKEN];
	size_t n;
	size_t string;			/* where it began in the operand */
	bool escaped;
	unsigned parens, octal, digits, array;
	int nibble;			/* the first of two, or -1 */
	double numbers[6];		/* the last ones, the last at the end */
	size_t nnumbers;
	uint64_t name;			/* the last one */
	uint8_t before[3];		/* of a picture, to see its end */
};

void pdf_show_init(struct pdf_show *s, struct pdf_held *held);
void pdf_show_free(struct pdf_show *s);
void pdf_show_begin(struct pdf_show *s, struct pdf_maps *maps,
	uint64_t object);
void pdf_show_bytes(struct pdf_show *s, struct span bytes);
void pdf_show_end(struct pdf_show *s);

#endif
