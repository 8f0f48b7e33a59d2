/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inflate.c - the floor of a scan of history: every entry of every pack of a
 * repository unpacked once, on as many threads, and nothing done with it: no
 * delta is applied, no byte is looked at.
 *
 *	inflate GIT_DIR [THREADS]
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/inflate.h"
#include "git/store.h"

enum { THREADS = 64, STRIDE = 512 };

struct work {
	const struct git_repo *repo;
	atomic_size_t next, bad;	/* entries, in the order of the packs */
	atomic_uint_fast64_t bytes;
};

static bool
unpack(const struct pack *p, uint32_t n, struct inflate *z, uint8_t **room,
	size_t *cap, uint64_t *bytes)
{
	struct pack_entry e;
	struct span in;

	if (!pack_entry(p, p->offsets[n], &e))
		return false;
	if (e.size > *cap) {
		free(*room);
		*cap = (size_t)e.size * 2;
		*room = malloc(*cap);
	}
	in = span_skip(p->data, (size_t)e.at);
	*bytes += e.size;
	return *room && (!e.size ||
		inflate_exact(z, in, *room, (size_t)e.size) > 0);
}

static void
stretch(struct work *w, size_t first, struct inflate *z, uint8_t **room,
	size_t *cap, uint64_t *bytes)
{
	for (size_t i = 0; i < w->repo->npacks; i++) {
		const struct pack *p = &w->repo->packs[i];

		for (size_t n = first; n < first + STRIDE; n++)
			if (n - p->first < p->n && !unpack(p,
				(uint32_t)(n - p->first), z, room, cap, bytes))
				atomic_fetch_add(&w->bad, 1);
	}
}

static void *
run(void *payload)
{
	struct work *w = payload;
	struct inflate *z = inflate_new();
	size_t all = w->repo->count - w->repo->nloose, first, cap = 0;
	uint8_t *room = NULL;
	uint64_t bytes = 0;

	while (z && (first = atomic_fetch_add(&w->next, STRIDE)) < all)
		stretch(w, first, z, &room, &cap, &bytes);
	atomic_fetch_add(&w->bytes, bytes);
	free(room);
	inflate_free(z);
	return NULL;
}

static unsigned
cores(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);

	return n > THREADS ? THREADS : (unsigned)n;
}

int
main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	struct work w = { 0 };
	struct git_repo *r;
	struct stanch_error err;
	unsigned n = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : cores();

	if (argc < 2 || n < 1 || n > THREADS)
		return 2;
	if (git_open(&r, argv[1], NULL, &err) != STANCH_OK || !git_plan(r)) {
		fprintf(stderr, "inflate: %s\n", argv[1]);
		return 2;
	}
	w.repo = r;
	for (unsigned i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, run, &w))
			return 2;
	for (unsigned i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	printf("%zu objects, %llu bytes, %zu bad\n", r->count - r->nloose,
		(unsigned long long)w.bytes, (size_t)w.bad);
	git_free(r);
	return w.bad ? 2 : 0;
}
