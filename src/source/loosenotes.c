/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loosenotes.c - notes on loose objects, on disk.  The file is named after
 * the rules and options and the place of the repository's objects, which only
 * tells whose notes they are; what they hold for is the bytes.
 *
 * Its payload: for each object SHA-256 of its file, and its bytes (64 bits,
 * the highest first), sorted.
 */
#include "source/loosenotes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/keep.h"

enum { NAME = 80, ENTRY = 32 + 8 };

static const struct keep kept = { "stanch-loose-1\n", "a note", NOTES_MOST };

struct loosenotes {
	struct packnotes_home home;
	char name[NAME];
	struct buf file;
	struct span old;	/* entries of an earlier run */
	pthread_mutex_t lock;
	struct buf now;		/* entries of this one */
	size_t added;		/* of them, those that were not known */
	size_t units;		/* not told of yet */
};

static bool
set_name(struct loosenotes *n, const struct git_repo *r)
{
	uint8_t all[32 + 2 * sizeof(uint64_t) + 5], own[32];
	uint64_t where[2];
	struct stat st;
	char hex[65];

	if (fstatat(git_common_fd(r), "objects", &st, 0) != 0)
		return false;
	where[0] = st.st_dev;
	where[1] = st.st_ino;
	memcpy(all, n->home.key, 32);
	memcpy(all + 32, where, sizeof where);
	memcpy(all + 32 + sizeof where, "loose", 5);
	hash_sha256_of(span_of(all, sizeof all), own);
	hash_hex(own, sizeof own, hex);
	snprintf(n->name, NAME, "%s.note", hex);
	return true;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, ENTRY);
}

/* Sorted, each once? */
static bool
is_sorted(struct span s)
{
	if (s.len % ENTRY)
		return false;
	for (size_t at = ENTRY; at < s.len; at += ENTRY)
		if (compare(s.ptr + at - ENTRY, s.ptr + at) >= 0)
			return false;
	return true;
}

struct loosenotes *
loosenotes_begin(const struct git_repo *r, const struct packnotes_home *home)
{
	struct loosenotes *n = calloc(1, sizeof *n);
	char why[128];

	if (!n)
		return NULL;
	n->home = *home;
	buf_init(&n->file, NOTES_MOST);
	buf_init(&n->now, NOTES_MOST / 2);
	pthread_mutex_init(&n->lock, NULL);
	for (size_t i = 0; i < git_units(r); i++)
		n->units += git_unit_is_loose(r, i);
	if (!set_name(n, r) || !keep_load(&n->file, &n->old, &kept,
		home->dir, n->name, why, sizeof why) || !is_sorted(n->old))
		n->old = span_of(NULL, 0);
	return n;
}

bool
loosenotes_knows(const struct loosenotes *n, const uint8_t digest[32],
	uint64_t *bytes)
{
	size_t low = 0, high = n->old.len / ENTRY;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const uint8_t *e = n->old.ptr + mid * ENTRY;
		int c = memcmp(e, digest, 32);

		if (!c) {
			*bytes = 0;
			for (int i = 32; i < ENTRY; i++)
				*bytes = *bytes << 8 | e[i];
			return true;
		}
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

void
loosenotes_add(struct loosenotes *n, const uint8_t digest[32],
	uint64_t bytes)
{
	uint8_t e[ENTRY];
	uint64_t was;

	memcpy(e, digest, 32);
	for (int i = 0; i < 8; i++)
		e[32 + i] = (uint8_t)(bytes >> 8 * (7 - i));
	pthread_mutex_lock(&n->lock);
	buf_append(&n->now, e, ENTRY);
	n->added += !loosenotes_knows(n, digest, &was);
	pthread_mutex_unlock(&n->lock);
}

void
loosenotes_done(struct loosenotes *n)
{
	pthread_mutex_lock(&n->lock);
	n->units--;
	pthread_mutex_unlock(&n->lock);
}

/* Of a run that was stopped, what it did not come to is kept as it was. */
void
loosenotes_keep(struct loosenotes *n)
{
	struct buf *b = n ? &n->now : NULL;
	size_t last = 0;
	char why[128];

	if (!n || !n->name[0] || (n->units && !n->added) ||
		(n->units && !buf_append(b, n->old.ptr, n->old.len)) ||
		b->failed)
		return;
	if (b->len)
		qsort(b->ptr, b->len / ENTRY, ENTRY, compare);
	for (size_t at = ENTRY; at < b->len; at += ENTRY) {
		if (!compare(b->ptr + last, b->ptr + at))
			continue;
		last += ENTRY;
		memmove(b->ptr + last, b->ptr + at, ENTRY);
	}
	b->len = b->len ? last + ENTRY : 0;
	if (!span_equal(buf_span(b), n->old))
		keep_store(&kept, n->home.dir, n->name, buf_span(b), why,
			sizeof why);
}

void
loosenotes_free(struct loosenotes *n)
{
	if (!n)
		return;
	pthread_mutex_destroy(&n->lock);
	buf_free(&n->file);
	buf_free(&n->now);
	free(n);
}
