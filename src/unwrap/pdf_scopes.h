/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_scopes.h - in which objects the names that a stream uses are told: the
 * page that shows it, its resources, those of the pages above it.
 */
#ifndef UNWRAP_PDF_SCOPES_H
#define UNWRAP_PDF_SCOPES_H

#include "unwrap/pdf_maps.h"

enum { PDF_SCOPES = 48 };	/* objects that are looked into */

struct pdf_scopes {
	struct pdf_held *held;
	struct buf edges;
};

void pdf_scopes_init(struct pdf_scopes *s, struct pdf_held *held);
void pdf_scopes_free(struct pdf_scopes *s);
/* Who uses `from` finds names in `to`, too. */
void pdf_scopes_add(struct pdf_scopes *s, uint64_t from, uint64_t to);
/* No more come. */
void pdf_scopes_close(struct pdf_scopes *s);
/* The objects of a stream, itself the first, PDF_SCOPES at most; 0: there are
   more, or it is not known. */
size_t pdf_scopes_of(const struct pdf_scopes *s, uint64_t stream,
	uint64_t *to);

#endif
