/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escapes.c - any bytes for an escape: what is read of it is in bounds, and cut
 * short it is the same or waits; where vectors look for what may be encoded
 * they find what bytes do.
 */
#include <stdlib.h>

#include "scan/escape.h"
#include "scan/longhex.h"
#include "scan/specials.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool ok)
{
	if (!ok)
		abort();
}

static void
read_cut(struct span s)
{
	struct escape whole, cut;
	enum escape_answer a = escape_read(s, true, &whole), b;

	must(a != ESCAPE_MORE);
	if (a == ESCAPE_YES)
		must(whole.takes >= 2 && whole.takes <= s.len &&
			whole.takes <= ESCAPE_LONGEST && whole.len <= 4);
	for (size_t n = 1; n < s.len && n <= ESCAPE_LONGEST; n++) {
		b = escape_read(span_first(s, n), false, &cut);
		must(b == ESCAPE_MORE || b == a);
		must(b != ESCAPE_YES || (cut.takes == whole.takes &&
			cut.len == whole.len && cut.strong == whole.strong &&
			!memcmp(cut.text, whole.text, cut.len)));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span s = span_of(data, size);
	struct escape e;

	for (size_t at = 0; at < size; at++) {
		struct span rest = span_skip(s, at);

		read_cut(rest);
		if (escape_read(rest, true, &e) == ESCAPE_YES)
			must(specials_find(rest, e.kind, false) == 0);
	}
	for (unsigned kinds = 0; kinds < 16; kinds++)
		for (int strong = 0; strong < 2; strong++)
			must(specials_find(s, kinds, strong) ==
				specials_find_plain(s, kinds, strong));
	/* Windows lie differently, so only what must be found is. */
	must(longhex_find(s) == s.len ||
		longhex_find_plain(s) != s.len);
	return 0;
}
