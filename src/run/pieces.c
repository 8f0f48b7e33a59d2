/* SPDX-License-Identifier: Apache-2.0 */
/* pieces.c - see pieces.h. */
#include "run/pieces.h"

ssize_t
pieces_read(void *pieces, void *to, size_t n)
{
	struct pieces *p = pieces;
	int more = p->rest.len ? 1 : source_more(p->o, &p->rest, p->gap);

	if (more <= 0)
		return more;
	if (n > p->rest.len)
		n = p->rest.len;
	memcpy(to, p->rest.ptr, n);
	p->rest = span_skip(p->rest, n);
	return (ssize_t)n;
}
