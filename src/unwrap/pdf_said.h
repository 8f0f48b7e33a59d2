/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_said.h - gives out what a PDF shows, when all its fonts are known: each
 * stream in a place of its own, "!object 12!text", if letters differ from
 * codes; once for each font that a name may mean.
 */
#ifndef UNWRAP_PDF_SAID_H
#define UNWRAP_PDF_SAID_H

#include "unwrap/pdf_fonts.h"

enum {
	PDF_SAID_NAMES = 64,			/* of fonts in a stream */
	PDF_SAID_WORK = 64 * 1024 * 1024	/* bytes of codes, in all */
};

struct pdf_said_lacks {
	bool letters;	/* glyphs that nobody knows the letters of */
	bool fonts;	/* names that no font has */
	bool limits;	/* more names, fonts or text than are tried */
};

/* maps and fonts are closed.  False: out of memory or stopped. */
bool pdf_said(struct unwrap *u, const struct pdf_fonts *fonts,
	struct span log, struct pdf_said_lacks *lacks);

#endif
