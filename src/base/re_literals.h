/* SPDX-License-Identifier: Apache-2.0 */
/* re_literals.h - sets of texts that a part of an expression may match. */
#ifndef BASE_RE_LITERALS_H
#define BASE_RE_LITERALS_H

#include "base/re_ast.h"

enum {
	RE_LITERALS_MAX = 64,	/* in one set */
	RE_LITERAL_MAX = 32	/* bytes of one */
};

struct re_lit {
	char bytes[RE_LITERAL_MAX];
	uint8_t len;
	bool caseless;
};

struct re_literals {
	struct re_lit v[RE_LITERALS_MAX];
	size_t n;
};

extern const struct re_literals re_literals_none;	/* just "" */

/* Whether node matches just a small set of texts; and which. */
bool re_literals_of(const struct re_node *node, struct re_literals *out);
/* false: the set is full. */
bool re_literals_add(struct re_literals *out, const struct re_lit *lit);
/* a = each of a followed by each of b; false, a unchanged: too many. */
bool re_literals_cross(struct re_literals *a, const struct re_literals *b);

#endif
