/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_fonts.h - the fonts of a PDF, as its objects' tokens come: which codes
 * they have, and under which names pages know them.  A name means the fonts
 * that a stream's page or its resources call so; where it is not seen which
 * these are, each font that some dictionary calls so.
 */
#ifndef UNWRAP_PDF_FONTS_H
#define UNWRAP_PDF_FONTS_H

#include "unwrap/pdf_scopes.h"
#include "unwrap/pdf_text.h"
#include "unwrap/pdf_widths.h"

enum {
	PDF_LEVELS = 24,	/* of dictionaries and arrays */
	PDF_VARIANTS = 16	/* fonts of one name that are tried */
};

struct pdf_font {
	uint64_t id;		/* its object, or made up; 0: not known */
	uint64_t to_unicode, encoding;		/* ids of maps, or 0 */
	bool wide;		/* a Type0: codes of two bytes, or so */
	bool identity;		/* ... always */
	bool plain;		/* a code is a point of Unicode */
	bool is;		/* it is a font, and no other dictionary */
	bool drawn;		/* a Type3: its widths are of another size */
	uint64_t descendant;	/* of a Type0, or 0 */
	uint64_t list, widths;	/* ids: of a list, of the map made of it */
	uint32_t first, usual;	/* the first code of the list; a width */
	uint32_t other;		/* width of a code that has none, or 0 */
};

enum pdf_fonts_key {
	PDF_KEY_OTHER, PDF_KEY_FONT, PDF_KEY_TYPE, PDF_KEY_SUBTYPE,
	PDF_KEY_ENCODING, PDF_KEY_TO_UNICODE, PDF_KEY_DIFFERENCES,
	PDF_KEY_CONTENTS, PDF_KEY_RESOURCES, PDF_KEY_PARENT, PDF_KEY_KIDS,
	PDF_KEY_WIDTHS, PDF_KEY_FIRST, PDF_KEY_USUAL, PDF_KEY_DESCENDANTS
};

struct pdf_level {
	bool array, refs_only, keyed;
	enum { PDF_NONE_YET, PDF_MAYBE_REF, PDF_REF, PDF_VALUE } value;
	enum pdf_fonts_key key, owner;	/* its key now; the one it is under */
	uint64_t name, owner_name;	/* the same as hashes */
	size_t mark, edges;	/* of names and scopes, when it was opened */
	bool scoped;		/* a page, or resources */
	struct pdf_font font;
	uint64_t map;		/* of its Differences */
};

struct pdf_fonts {
	struct pdf_held *held;
	struct pdf_maps *maps;
	struct pdf_scopes scopes;
	struct pdf_widths widths;
	struct buf fonts, names, streamed;
	struct buf anywhere;		/* names, whoever tells them */
	uint64_t made_up;		/* ids */
	uint64_t object;		/* 0: not known */
	uint64_t identities;		/* names of encodings that were met */
	bool odd;			/* something that is not followed */
	/* Of an object stream: */
	uint64_t count, first;		/* 0: it is none */
	bool sorted;
	/* Its own: */
	struct pdf_level levels[PDF_LEVELS];
	unsigned depth;			/* may be more than PDF_LEVELS */
	uint64_t before[2];		/* the last two numbers */
	uint32_t code;			/* of Differences */
	size_t compact;			/* bytes of names, then: a look */
};

void pdf_fonts_init(struct pdf_fonts *f, struct pdf_held *held,
	struct pdf_maps *maps);
void pdf_fonts_free(struct pdf_fonts *f);
/* A token of objects; in an object stream the byte where it was over. */
void pdf_fonts_token(struct pdf_fonts *f, enum pdf_kind kind,
	struct span text, uint64_t at);
/* An object stream of so many objects, the first of them at a byte. */
void pdf_fonts_stream(struct pdf_fonts *f, uint64_t count, uint64_t first);
void pdf_fonts_stream_end(struct pdf_fonts *f);

/* A hash of a name without its slash. */
uint64_t pdf_fonts_name(struct span name);

/* No more come.  Before what follows; then maps must be closed, too. */
void pdf_fonts_close(struct pdf_fonts *f);
/* Where a stream's names are told. */
struct pdf_where {
	uint64_t objects[PDF_SCOPES];
	size_t n;
};

/* The fonts that a name may mean there, at most PDF_VARIANTS; *more: there are
   others. */
size_t pdf_fonts_find(const struct pdf_fonts *f, uint64_t name,
	const struct pdf_where *where, const struct pdf_font **to,
	bool *more);
/* Whether some font has codes that are no letters; none tells what those of
   one are: *lost. */
bool pdf_fonts_matter(const struct pdf_fonts *f, bool *lost);

#endif
