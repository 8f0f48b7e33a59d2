/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_object.h - what the dictionary of a PDF object says of its stream. */
#ifndef UNWRAP_PDF_OBJECT_H
#define UNWRAP_PDF_OBJECT_H

#include "unwrap/pdf_text.h"

enum { PDF_FILTERS = 4, PDF_KEY = 24 };

enum pdf_filter {
	PDF_FLATE, PDF_LZW, PDF_ASCII85, PDF_HEX, PDF_RUNLENGTH,
	PDF_IMAGE,		/* a picture's own: it stays as it is */
	PDF_CRYPT, PDF_UNKNOWN
};

struct pdf_object {
	uint64_t number;	/* 0: not in an object */
	enum pdf_filter filters[PDF_FILTERS];
	unsigned nfilters;	/* PDF_FILTERS + 1: too many */
	uint64_t length;	/* 0: not known */
	bool objects;		/* it is an object stream */
	uint64_t count, first;	/* of its objects; where the first is */
	bool binary;		/* a picture, a font, a table of references */
	bool file;		/* an embedded one */
	bool predicted;
	bool encrypted;		/* of the whole document; it stays */
	/* Its own: */
	unsigned depth, array;
	bool want_key;
	char key[PDF_KEY];
	uint64_t before[2];	/* the last two numbers */
};

/* A token of the document.  True: "stream", whose bytes come next. */
bool pdf_object_token(struct pdf_object *o, enum pdf_kind kind,
	struct span text);

#endif
