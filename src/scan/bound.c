/* SPDX-License-Identifier: Apache-2.0 */
/* bound.c - bounds of secrets, from the facts of base/re_facts.h. */
#include "scan/bound.h"

static uint64_t
behind(const struct candidate *c)
{
	return c->at + c->len + c->gap;
}

uint64_t
bound_waiting(const struct bound *b)
{
	const struct re_anchor *a = &b->rule->facts.anchor;
	uint64_t at = b->candidate->at;

	if (a->secret_after)
		return behind(b->candidate);
	return at > a->secret_back ? at - a->secret_back : 0;
}

uint64_t
bound_secret(const struct bound *b, uint64_t start)
{
	const struct re_facts *facts = &b->rule->facts;
	const struct re_anchor *a = &facts->anchor;
	uint64_t at = start + facts->secret_min, end = b->base + b->data.len;

	if (a->secret_after && a->before == a->before_min &&
		behind(b->candidate) > at)
		at = behind(b->candidate);
	while (at < end && !re_set_has(&facts->secret_first,
		b->data.ptr[at - b->base]))
		at++;
	return at;
}

uint64_t
bound_limit(const struct bound *b, uint64_t from)
{
	const struct re_anchor *a = &b->rule->facts.anchor;
	uint64_t at = bound_secret(b, from), back = b->candidate->at;
	uint64_t least = bound_waiting(b);

	if (a->secret_after)
		back = least;
	while (back > b->base && back > least && re_set_has(
		&a->secret_class, b->data.ptr[back - 1 - b->base]))
		back--;
	return at > back ? at : back;
}
