/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rpm.c - what stands before the payload of an rpm package: a lead, two
 * headers.  The payload is a compressed cpio archive, as any other.
 */
#include "unwrap/le.h"
#include "unwrap/unwrap_private.h"

enum { LEAD = 96, INTRO = 16, ENTRY = 16, SIZE_MOST = 256 * 1024 * 1024 };

static void
give(struct unwrap *u, struct tap *t, uint64_t n)
{
	while (n && !u->stopped) {
		struct span s = tap_look(t, 1);

		if (!s.len)
			return;
		if (s.len > n)
			s.len = (size_t)n;
		unwrap_bytes(u, s);
		tap_raw(t, s.len);
		n -= s.len;
	}
}

/* How long the header at t is; 0: there is none. */
static uint64_t
header(struct tap *t)
{
	struct span s = tap_look(t, INTRO);
	uint64_t n;

	if (s.len < INTRO || memcmp(s.ptr, "\x8e\xad\xe8\x01", 4) != 0)
		return 0;
	n = INTRO + (uint64_t)be_32(s.ptr + 8) * ENTRY + be_32(s.ptr + 12);
	return n <= SIZE_MOST ? n : 0;
}

void
rpm_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	size_t before = unwrap_enter_at(u, "headers", t->at);
	uint64_t n;

	unwrap_begin(u);
	give(u, t, LEAD);
	n = header(t);			/* signatures; then to a full 8 bytes */
	give(u, t, n + (8 - n % 8) % 8);
	n = header(t);
	give(u, t, n);
	unwrap_end(u);
	unwrap_leave(u, before);
	if (!n && !u->stopped)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "damaged: what follows was "
			"scanned as it is", GAP_BYTES_UNKNOWN);
}
