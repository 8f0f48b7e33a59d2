/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view_gzip.c - a gzip stream that all of what was decoded is, unpacked.  Its
 * bytes cannot be told apart: a secret in it stands at all of them.  So they
 * wait until they are whole, and there may not be many.
 */
#include <stdlib.h>

#include "base/inflate.h"
#include "scan/view.h"

enum {
	PACKED_MOST = 32 * 1024,	/* bytes that may wait */
	RATIO_MOST = 64,	/* times as many come of them at most ... */
	SPARE = 4096		/* ... and these */
};

struct gzip {
	struct view v;
	struct inflate *z;
	uint64_t end;		/* of the stream */
};

static const uint8_t magic[] = { 0x1f, 0x8b, 8 };

static bool
may_be_gzip(struct span s)
{
	size_t n = s.len < sizeof magic ? s.len : sizeof magic;

	return !memcmp(s.ptr, magic, n);
}

/* False: out of memory. */
static bool
unpack(struct gzip *g, struct span s)
{
	struct view *v = &g->v;
	size_t most = s.len * RATIO_MOST + SPARE;

	most = most < VIEW_MAX ? most : VIEW_MAX;
	if (!g->z)
		g->z = inflate_new_gzip();
	if (!g->z || !buf_reserve(&v->text, most))
		return false;
	v->text.len = inflate_some(g->z, s, v->text.ptr, most);
	g->end = s.len;
	return true;
}

static enum view_event
take(struct view *v, struct span data, uint64_t base, bool final)
{
	struct gzip *g = (struct gzip *)v;
	uint64_t end = base + data.len;

	view_clear(v);
	if (v->pos || !data.len || end > PACKED_MOST || !may_be_gzip(data)) {
		v->pos = v->held = end;
		return VIEW_NONE;
	}
	if (!final) {
		v->held = 0;
		return VIEW_NONE;
	}
	v->pos = v->held = end;
	if (!unpack(g, data))
		return VIEW_NOMEM;
	return v->text.len ? VIEW_RUN_ENDED : VIEW_NONE;
}

static struct view *
make(unsigned which)
{
	struct gzip *g = calloc(1, sizeof *g);

	if (!g)
		return NULL;
	buf_init(&g->v.text, VIEW_MAX);
	return &g->v;
}

static void
release(struct view *v)
{
	inflate_free(((struct gzip *)v)->z);
}

static void
begin(struct view *v)
{
	view_clear(v);
	v->active = false;
	v->pos = v->held = 0;
}

static uint64_t
from(const struct view *v, uint64_t at)
{
	(void)v;
	(void)at;
	return 0;
}

static uint64_t
to(const struct view *v, uint64_t end)
{
	(void)end;
	return ((const struct gzip *)v)->end;
}

const struct view_kind view_gzip = {
	.decodes = STANCH_DECODE_GZIP,
	.inner = true, .make = make, .release = release,
	.take = take, .begin = begin, .from = from, .to = to,
};
