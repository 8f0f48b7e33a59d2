/* SPDX-License-Identifier: Apache-2.0 */
/* image_parts.h - what image.c has seen of images, for image_tell.c. */
#ifndef RUN_IMAGE_PARTS_H
#define RUN_IMAGE_PARTS_H

#include "base/arena.h"
#include "base/span.h"

/* A part of an image as a place names it: "ROOT!NAME" and what is inside. */
struct image_part {
	size_t root;		/* length of ROOT */
	struct span name;	/* without "./" */
	const char *inside;	/* "" or "!..." */
};

/* False: the place is no part of an image.  item: the length of its own. */
bool image_part(struct image_part *p, const char *place, size_t item);

/* A JSON text, or a deletion in a layer; the key is "ROOT!NAME". */
struct image_text {
	const char *key;
	struct span text;
};

struct image_white {
	const char *key;	/* of the layer */
	const char *path;	/* that is deleted; with "/": all below it */
};

struct image_parts {
	struct arena *arena;
	struct image_text *texts;
	size_t ntexts;
	struct image_white *whites;
	size_t nwhites;
};

struct image_list;	/* the images that the texts tell of */

struct image_list *image_list(const struct image_parts *p);  /* or NULL */
void image_list_free(struct image_list *l);
/*
 * Writes what the place is of, terminated, IMAGE_TOLD bytes at most; at: an
 * offset in it.  False: nothing is known of it.
 */
bool image_tell(struct image_list *l, const struct image_part *part,
	const char *place, uint64_t at, char *told);

#endif
