/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hscache.c - the compiled database on disk.
 *
 * The payload of a file of keep.h, as hs_serialize_database() wrote it.  Its
 * name is a digest over all that the database was made of, so a file is right
 * for ever or wrong for ever.  One that cannot be trusted is made anew.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/keep.h"
#include "engine/engine_private.h"

enum { PAYLOAD_MAX = 256 * 1024 * 1024, NAME_MAX_LEN = 80 };

static const struct keep kept = { "stanch-hsdb-3\n", "the cached database",
	PAYLOAD_MAX };

static bool
file_name(const struct stanch_engine *e, char *name)
{
	struct hash_sha256 *h = hash_sha256_new();
	hs_platform_info_t cpu;
	uint8_t digest[32];
	char hex[65];

	if (!h)
		return false;
	if (hs_populate_platform(&cpu) != HS_SUCCESS)
		memset(&cpu, 0, sizeof cpu);
	hash_sha256_add(h, kept.magic, strlen(kept.magic));
	hash_sha256_add(h, hs_version(), strlen(hs_version()));
	hash_sha256_add(h, &cpu.tune, sizeof cpu.tune);
	hash_sha256_add(h, &cpu.cpu_features, sizeof cpu.cpu_features);
	for (size_t i = 0; i < e->nliterals; i++) {
		const struct engine_literal *lit = &e->literals[i];
		uint8_t caseless = lit->caseless;

		hash_sha256_add(h, &lit->len, sizeof lit->len);
		hash_sha256_add(h, &caseless, 1);
		hash_sha256_add(h, lit->bytes, lit->len);
	}
	hash_sha256_end(h, digest);
	hash_hex(digest, 20, hex);
	snprintf(name, NAME_MAX_LEN, "%s.hsdb", hex);
	return true;
}

bool
hscache_load(hs_database_t **out, const struct stanch_engine *e,
	const char *dir, char *why_not, size_t size)
{
	char name[NAME_MAX_LEN];
	struct span db;
	struct buf b;
	bool ok = false;

	buf_init(&b, PAYLOAD_MAX);
	if (file_name(e, name) &&
		keep_load(&b, &db, &kept, dir, name, why_not, size)) {
		snprintf(why_not, size, "the cached database is damaged");
		ok = hs_deserialize_database((const char *)db.ptr, db.len,
			out) == HS_SUCCESS;
	}
	buf_free(&b);
	return ok;
}

bool
hscache_store(const struct stanch_engine *e, const char *dir, char *why_not,
	size_t size)
{
	char name[NAME_MAX_LEN];
	char *db = NULL;
	size_t len = 0;
	bool ok = file_name(e, name) &&
		hs_serialize_database(e->db, &db, &len) == HS_SUCCESS;

	if (ok)
		ok = keep_store(&kept, dir, name, span_of(db, len), why_not,
			size);
	else
		snprintf(why_not, size, "the database could not be cached");
	free(db);
	return ok;
}
