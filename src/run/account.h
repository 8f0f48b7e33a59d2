/* SPDX-License-Identifier: Apache-2.0 */
/*
 * account.h - what became of the bytes of each file, for those who asked: a
 * line a file, and before it one for each run of bytes that belongs to no
 * member.  For crew.c; all of it does nothing when nobody asked.
 */
#ifndef RUN_ACCOUNT_H
#define RUN_ACCOUNT_H

#include "run/event.h"
#include "unwrap/unwrap.h"

struct account {
	bool wanted;
	/* Takes e; NULL: there was no memory for it.  False: stop. */
	bool (*post)(void *payload, struct event *e);
	void *payload;
	const char *item;	/* its place; borrowed */
	uint64_t gaps;		/* told before the item */
};

void account_item(struct account *a, const char *item, uint64_t gaps);
/*
 * size: of the file, 0 when it is not known; gaps: told by now.  False: stop.
 */
bool account_sum(struct account *a, const struct unwrap_count *count,
	uint64_t size, uint64_t gaps);
/* An item that was not read at all, if it is known how large it is. */
bool account_unread(struct account *a, const char *item,
	const struct gap *gap);

#endif
