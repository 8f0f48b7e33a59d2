/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldpack.c - any bytes as a pack in memory: objects or gaps, and never more
 * bytes used than there are.
 */
#include <stdlib.h>
#include <string.h>

#include "git/heldpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OBJECTS = 4096 };

static void
must(bool ok)
{
	if (!ok)
		abort();
}

static bool
on_object(const struct git_object *o, void *payload)
{
	size_t *n = payload, sum = 0;

	must(!o->gap || (o->gap->detail && !o->data.len));
	for (size_t i = 0; i < o->data.len; i++)
		sum += o->data.ptr[i];
	must(sum <= o->data.len * UINT8_MAX);
	return ++*n < OBJECTS;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct heldpack h;
	size_t n = 0, len = size && data[0] & 1 ? 32 : 20;
	bool nomem;

	if (!size)
		return 0;
	(void)heldpack_objects(&h, (struct span){ data + 1, size - 1 }, len,
		on_object, &n, &nomem);
	must(!nomem && h.used <= size - 1);
	return 0;
}
