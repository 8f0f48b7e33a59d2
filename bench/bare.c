/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bare.c - the floor of a scan: the file read in the same blocks and through
 * a Hyperscan database of the same literals, and nothing done with what it
 * says; or through the sieve that takes its place where the CPU can.
 *
 *	bare CACHE_DIR FILE [sieve]
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine/engine_private.h"
#include "unwrap/tap.h"

static int
on_hit(unsigned id, unsigned long long from, unsigned long long to,
	unsigned flags, void *context)
{
	uint64_t *hits = context;

	++*hits;
	return 0;
}

static bool
on_place(uint32_t which, size_t from, void *payload)
{
	uint64_t *hits = payload;

	++*hits;
	return true;
}

static bool
search(const struct stanch_engine *e, const char *block, size_t n,
	uint64_t *hits)
{
	if (e->sieve)
		return sieve_scan(e->sieve, span_of(block, n), 0, on_place,
			hits);
	return hs_scan(e->db, block, (unsigned)n, 0, e->scratch, on_hit,
		hits) == HS_SUCCESS;
}

static bool
pass(const struct stanch_engine *e, int fd, uint64_t *hits)
{
	char *block = malloc(TAP_ROOM);
	ssize_t n = -1;

	while (block && (n = read(fd, block, TAP_ROOM)) > 0)
		if (!search(e, block, (size_t)n, hits))
			break;
	free(block);
	return n == 0;
}

int
main(int argc, char **argv)
{
	struct stanch_engine_options opt = { .size = sizeof opt };
	struct stanch_engine *e;
	struct stanch_error err;
	uint64_t hits = 0;
	bool ok;
	int fd;

	if (argc < 3)
		return 2;
	opt.cache_dir = argv[1];
	opt.matcher = argc > 3 ? STANCH_MATCHER_AUTO :
		STANCH_MATCHER_HYPERSCAN;
	if (stanch_engine_new(&e, stanch_rules_builtin(), &opt, &err) !=
		STANCH_OK) {
		fprintf(stderr, "bare: %s\n", err.text);
		return 2;
	}
	fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	ok = fd >= 0 && pass(e, fd, &hits);
	if (ok)
		printf("%llu hits\n", (unsigned long long)hits);
	else
		perror(argv[2]);
	stanch_engine_free(e);
	return ok ? 0 : 2;
}
