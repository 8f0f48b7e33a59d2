/* SPDX-License-Identifier: Apache-2.0 */
/* cpio.c - members of a cpio archive, as POSIX (odc) and SVR4 (newc) say. */
#include "unwrap/unwrap_private.h"

enum { NEWC = 110, ODC = 76, NAME_MOST = UNWRAP_NAME };

struct header {
	size_t len, name;
	uint64_t size;
	size_t align;
};

static bool
digits(const uint8_t *p, size_t n, unsigned base, uint64_t *value)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = p[i] >= 'a' ? p[i] - 'a' + 10u :
			p[i] >= 'A' ? p[i] - 'A' + 10u : p[i] - '0' + 0u;
		if (d >= base)
			return false;
		v = v * base + d;
	}
	*value = v;
	return true;
}

static bool
read_header(struct header *h, struct span s)
{
	uint64_t name;

	if (s.len >= NEWC && (span_starts(s, "070701") ||
		span_starts(s, "070702"))) {
		h->len = NEWC;
		h->align = 4;
		if (!digits(s.ptr + 54, 8, 16, &h->size) ||
			!digits(s.ptr + 94, 8, 16, &name))
			return false;
	} else if (s.len >= ODC && span_starts(s, "070707")) {
		h->len = ODC;
		h->align = 1;
		if (!digits(s.ptr + 65, 11, 8, &h->size) ||
			!digits(s.ptr + 59, 6, 8, &name))
			return false;
	} else {
		return false;
	}
	h->name = (size_t)name;
	return name > 0 && name <= NAME_MOST;
}

static size_t
pad(uint64_t n, size_t align)
{
	return (size_t)((align - n % align) % align);
}

/* False: it was the last, or is not all there. */
static bool
take_member(struct unwrap *u, struct tap *t, const struct header *head,
	struct headers *h, struct buf *name, unsigned depth)
{
	size_t n = head->len + head->name, fill;
	bool last;

	n += pad(n, head->align);
	if (tap_look(t, n).len < n)
		return false;
	name->len = 0;
	buf_append(name, t->ptr + head->len, head->name - 1);
	last = span_equal(buf_span(name), span_str("TRAILER!!!"));
	headers_take(h, t, n);
	if (head->size)
		sift_member(u, t, head->size, buf_span(name), depth);
	fill = pad(head->size, head->align);
	if (fill > tap_look(t, fill).len)
		fill = t->len;
	if (fill && !u->spent)
		headers_take(h, t, fill);
	return !last;
}

void
cpio_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	bool more = true;
	struct headers h;
	struct header head;
	struct buf name;

	headers_init(&h, u);
	buf_init(&name, NAME_MOST);
	while (more && !u->stopped && !u->spent &&
		read_header(&head, tap_look(t, NEWC)))
		more = take_member(u, t, &head, &h, &name, depth);
	if (more && !t->broken && !u->stopped && !u->spent)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "damaged or without its "
			"end: members may be missing", GAP_BYTES_UNKNOWN);
	/* Nothing fitted: a byte must go, or it is asked again for ever. */
	if (t->at == 0 && tap_look(t, 1).len)
		headers_take(&h, t, 1);
	buf_free(&name);
	headers_end(&h);
}
