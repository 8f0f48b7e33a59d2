/* SPDX-License-Identifier: Apache-2.0 */
/*
 * headers.c - bytes that tell of members are collected while the members are
 * given out, and given out themselves by the block, a header a line.
 */
#include "unwrap/unwrap_private.h"

void
headers_init(struct headers *h, struct unwrap *u)
{
	h->u = u;
	h->at = 0;
	buf_init(&h->bytes, 2 * TAP_ROOM);
}

static void
give(struct headers *h)
{
	size_t before;

	if (!h->bytes.len || h->u->stopped)
		return;
	before = unwrap_enter_at(h->u, "headers", h->at);
	unwrap_begin(h->u);
	unwrap_bytes(h->u, buf_span(&h->bytes));
	unwrap_end(h->u);
	unwrap_leave(h->u, before);
	h->bytes.len = 0;
}

void
headers_add(struct headers *h, uint64_t at, struct span s)
{
	if (h->bytes.len && h->bytes.len + s.len >= UNWRAP_HEADERS)
		give(h);
	if (!h->bytes.len)
		h->at = at;
	if (!buf_append(&h->bytes, s.ptr, s.len) ||
		!buf_byte(&h->bytes, '\n'))
		h->u->nomem = h->u->stopped = true;
}

void
headers_take(struct headers *h, struct tap *t, size_t n)
{
	headers_add(h, t->at, span_of(t->ptr, n));
	if (t == h->u->item)
		h->u->count.headers += n;
	tap_raw(t, n);
}

void
headers_end(struct headers *h)
{
	give(h);
	buf_free(&h->bytes);
}
