/* SPDX-License-Identifier: Apache-2.0 */
/* hsdb.c - the anchor literals, compiled to a Hyperscan database. */
#include <stdlib.h>

#include "base/error.h"
#include "engine/engine_private.h"

enum stanch_result
hsdb_compile(hs_database_t **out, const struct stanch_engine *e,
	struct stanch_error *err)
{
	size_t n = e->nliterals;
	const char **texts = calloc(n, sizeof *texts);
	unsigned *flags = calloc(n, sizeof *flags);
	unsigned *ids = calloc(n, sizeof *ids);
	size_t *lens = calloc(n, sizeof *lens);
	hs_compile_error_t *why = NULL;
	enum stanch_result r = STANCH_OK;

	if (!texts || !flags || !ids || !lens) {
		r = error_nomem(err);
		goto out;
	}
	for (size_t i = 0; i < n; i++) {
		texts[i] = e->literals[i].bytes;
		lens[i] = e->literals[i].len;
		flags[i] = e->literals[i].caseless ? HS_FLAG_CASELESS : 0;
		ids[i] = (unsigned)i;
	}
	if (hs_compile_lit_multi(texts, flags, ids, lens, (unsigned)n,
		HS_MODE_BLOCK, NULL, out, &why) != HS_SUCCESS)
		r = error_set(err, STANCH_ERULE, NULL,
			"Hyperscan cannot compile the anchors: %s",
			why ? why->message : "out of memory");
	hs_free_compile_error(why);
out:
	free(texts);
	free(flags);
	free(ids);
	free(lens);
	return r;
}
