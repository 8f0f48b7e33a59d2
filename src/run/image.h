/* SPDX-License-Identifier: Apache-2.0 */
/*
 * image.h - container images inside of one item: a layout of OCI (index.json,
 * blobs/) in an archive, or what `docker save` writes.  Their parts are found
 * like members of any archive; here it is only told what they are: which layer
 * of which image, for which platform, deleted by which later layer, or which
 * member of a configuration.
 *
 *	places as they come -> image_begin, image_bytes, image_end
 *	events of the item  -> image_post ... image_done -> post, told
 *
 * Manifests may come last, so the events of an item that has parts of an image
 * wait for its end, IMAGE_KEPT bytes of them; what is beyond is told without.
 * The same holds when memory runs out: nothing but the telling is lost.
 * Belongs to one thread.
 */
#ifndef RUN_IMAGE_H
#define RUN_IMAGE_H

#include "run/event.h"

enum {
	IMAGE_KEPT = 8 * 1024 * 1024,	/* bytes of events that wait */
	IMAGE_TEXTS = 8 * 1024 * 1024,	/* ... of JSON texts, of an item */
	IMAGE_WHITES = 65536,		/* deletions that are remembered */
	IMAGE_TOLD = FINDING_IMAGE	/* bytes of what is told */
};

struct image;

/* Takes e, which is NULL when there was no memory for it.  False: stop. */
typedef bool image_post_fn(void *payload, struct event *e);

/* NULL: out of memory */
struct image *image_new(image_post_fn *post, void *payload);
void image_free(struct image *im);

/* item is borrowed until image_done(). */
void image_item(struct image *im, const char *item);
void image_begin(struct image *im, const char *place);
void image_bytes(struct image *im, const void *data, size_t n);
void image_end(struct image *im);

/* Keeps e, or posts all that was kept, and e. */
bool image_post(struct image *im, struct event *e);
/*
 * For events that come later than what they are of: whether image_post() would
 * keep one now; and one that would not have been kept.
 */
bool image_keeps(const struct image *im);
bool image_pass(struct image *im, struct event *e);
/* The item has ended: what was kept is posted, and told what it is of. */
bool image_done(struct image *im);

#endif
