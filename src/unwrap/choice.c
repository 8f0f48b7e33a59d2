/* SPDX-License-Identifier: Apache-2.0 */
/*
 * choice.c - which formats are looked into.  Those with a bad record of
 * security, which the table marks, are not unless they are named.
 */
#include "unwrap/unwrap_private.h"

static uint64_t
bit(size_t i)
{
	return 1ULL << i;
}

/* The formats of that name: all of them, or those that are so by default. */
static uint64_t
named(struct span name)
{
	bool all = span_equal(name, span_str("all"));
	bool usual = span_equal(name, span_str("default"));
	uint64_t set = 0;

	for (size_t i = 0; i < format_count; i++) {
		const struct format *f = &format_table[i];

		if (f->name && (all || (usual && !f->unread) ||
			span_equal(name, span_str(f->name))))
			set |= bit(i);
	}
	return set;
}

static struct span
next_name(const char **list)
{
	size_t n = strcspn(*list, ",");
	struct span s = span_of(*list, n);

	*list += n + (n < strlen(*list));
	return s;
}

static bool
is_sign(const char *p)
{
	return *p == '+' || *p == '-';
}

bool
format_choose(const char *list, uint64_t *left_out, struct span *unknown)
{
	uint64_t usual = named(span_str("default"));
	uint64_t chosen = list && !is_sign(list) ? 0 : usual;

	*left_out = ~usual;
	while (list && *list) {
		bool sign = is_sign(list), drop = *list == '-';
		struct span name = span_skip(next_name(&list), sign);
		uint64_t set = named(name);

		if (!set && unknown)
			*unknown = name;
		if (!set)
			return false;
		chosen = drop ? chosen & ~set : chosen | set;
	}
	*left_out = ~chosen;
	return true;
}

bool
unwrap_knows_formats(const char *list, struct span *unknown)
{
	uint64_t left_out;

	*unknown = span_str(list);
	if (unknown->len >= UNWRAP_FORMATS)
		return false;
	return format_choose(list, &left_out, unknown);
}

const char *
format_closed(const struct unwrap *u, const struct format *f)
{
	if (f->name && !(u->left_out & bit((size_t)(f - format_table))))
		return NULL;
	return f->unread ? f->unread :
		"--formats leaves its kind out: it was scanned as it is";
}
