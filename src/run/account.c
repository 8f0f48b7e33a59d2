/* SPDX-License-Identifier: Apache-2.0 */
/* account.c - the sums of a file's bytes. */
#include "run/account.h"

#include <inttypes.h>
#include <stdio.h>

enum { BEHIND = 32 };	/* "!raw@" and a number */

void
account_item(struct account *a, const char *item, uint64_t gaps)
{
	a->item = item;
	a->gaps = gaps;
}

/* Bytes before the first member are at the item's own place. */
static bool
tell_apart(struct account *a, uint64_t at, uint64_t n)
{
	const struct coverage c = { .place = a->item, .part = true,
		.bytes = n, .raw = n };
	char behind[BEHIND] = "";

	if (at)
		snprintf(behind, sizeof behind, "!raw@%" PRIu64, at);
	return a->post(a->payload, event_of_coverage(&c, behind));
}

bool
account_sum(struct account *a, const struct unwrap_count *count,
	uint64_t size, uint64_t gaps)
{
	const struct coverage c = { .place = a->item,
		.bytes = size > count->bytes ? size : count->bytes,
		.decoded = count->inside, .raw = count->raw,
		.unread = size > count->bytes ? size - count->bytes : 0,
		.headers = count->headers, .apart = count->apart,
		.members = count->members, .hidden = count->hidden,
		.unpacked = count->decoded, .gaps = gaps - a->gaps };

	if (!a->wanted)
		return true;
	for (size_t i = 0; i < count->napart && i < UNWRAP_APART; i++)
		if (count->first[i].n < c.bytes &&
			!tell_apart(a, count->first[i].at, count->first[i].n))
			return false;
	return a->post(a->payload, event_of_coverage(&c, ""));
}

bool
account_unread(struct account *a, const char *item, const struct gap *gap)
{
	static const struct unwrap_count none;

	account_item(a, item, 0);
	return gap->bytes == GAP_BYTES_UNKNOWN ||
		account_sum(a, &none, gap->bytes, 1);
}
