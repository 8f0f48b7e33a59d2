/* SPDX-License-Identifier: Apache-2.0 */
/*
 * image.c - any bytes as index, manifests, configuration and headers of a
 * layer: what was posted comes out, in order, and is told of within bounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char *const places[] = {
	"x!manifest.json", "x!index.json", "x!blobs/sha256/" A,
	"x!blobs/sha256/" B, "x!blobs/sha256/" B "!headers@0",
	"x!blobs/sha256/" A "!headers@0", "x!" A "/layer.tar!a/b",
	"x!blobs/sha256/" A "!a/b",
};

enum { PLACES = sizeof places / sizeof *places };

static void
must(bool ok)
{
	if (!ok)
		abort();
}

static bool
post(void *payload, struct event *e)
{
	size_t *n = payload;

	must(e && e->finding->start == *n &&
		strlen(e->finding->image) < FINDING_IMAGE);
	++*n;
	event_free(e);
	return true;
}

static void
post_finding(struct image *im, const char *place, size_t n)
{
	static const struct stanch_rule rule = { .id = "r" };
	const struct stanch_finding f = { .rule = &rule, .place = place,
		.start = n };

	must(image_post(im, event_of_finding(&f)));
}

/* A byte says which place the next ones are of, and how many. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t posted = 0, n = 0;
	struct image *im = image_new(post, &posted);

	must(im);
	image_item(im, "x");
	while (size > 2) {
		const char *place = places[data[0] % PLACES];
		size_t len = (size_t)data[1] * 8;

		if (len > size - 2)
			len = size - 2;
		image_begin(im, place);
		image_bytes(im, data + 2, len);
		image_end(im);
		post_finding(im, place, n++);
		data += 2 + len;
		size -= 2 + len;
	}
	for (size_t i = 0; i < PLACES; i++)
		post_finding(im, places[i], n++);
	must(image_done(im));
	must(posted == n);
	image_free(im);
	return 0;
}
