/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_maps.h - what the codes of a PDF's fonts mean: ToUnicode CMaps (ISO
 * 32000-1, 9.10.3; Adobe's technical note 5411) and Differences (9.6.6), by
 * number of object.  All that is held of a document has one limit.
 */
#ifndef UNWRAP_PDF_MAPS_H
#define UNWRAP_PDF_MAPS_H

#include "unwrap/unwrap_private.h"

enum {
	PDF_HELD = 64 * 1024 * 1024,	/* bytes that are held of a document */
	PDF_POINTS = 32,		/* characters that one code means */
	PDF_CODE = 4			/* bytes of a code */
};

#define PDF_MADE_UP	(1ULL << 62)	/* ids that are no object's number */
#define PDF_NO_LETTER	0x110000	/* nobody knows which */
#define PDF_OTHER	0xfffd		/* none of ASCII's */

/* What may be held yet. */
struct pdf_held {
	struct unwrap *u;
	size_t used;
	bool full;		/* something was not held */
};

bool pdf_held_add(struct pdf_held *h, struct buf *b, const void *p, size_t n);
void pdf_held_free(struct pdf_held *h, struct buf *b);

struct pdf_map {
	uint64_t id;
	size_t first, n;		/* entries */
	size_t first_space, nspaces;
};

struct pdf_maps {
	struct pdf_held *held;
	struct buf maps, entries, spaces, texts;
	struct pdf_map now;		/* is being read; id 0: none is */
};

void pdf_maps_init(struct pdf_maps *m, struct pdf_held *held);
void pdf_maps_free(struct pdf_maps *m);

/* A map, from its first code to its last; id 0: it is nobody's. */
void pdf_maps_begin(struct pdf_maps *m, uint64_t id);
/* Codes from `from` to `to`; the last of the points grows with them. */
void pdf_maps_add(struct pdf_maps *m, uint32_t from, uint32_t to,
	const uint32_t *points, size_t n);
/* Codes of lo.len bytes, each between those of lo and hi. */
void pdf_maps_space(struct pdf_maps *m, struct span lo, struct span hi);
void pdf_maps_end(struct pdf_maps *m);

/* No more come.  Before the next two. */
void pdf_maps_close(struct pdf_maps *m);
/* The k-th with that id, or NULL. */
const struct pdf_map *pdf_maps_find(const struct pdf_maps *m, uint64_t id,
	size_t k);
/* The points of a code, at most PDF_POINTS; 0: it is not there. */
size_t pdf_maps_get(const struct pdf_maps *m, const struct pdf_map *map,
	uint32_t code, uint32_t *points);
/* The first point of the entry that has a code, which does not grow; -1: it is
   not there. */
int64_t pdf_maps_value(const struct pdf_maps *m, const struct pdf_map *map,
	uint32_t code);
/* The bytes of the code that s begins with; 0: the map does not tell. */
size_t pdf_maps_code(const struct pdf_maps *m, const struct pdf_map *map,
	struct span s);

/* A big-endian number of at most PDF_CODE bytes. */
uint32_t pdf_maps_number(struct span s);

#endif
