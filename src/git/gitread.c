/* SPDX-License-Identifier: Apache-2.0 */
/* gitread.c - one object by its id or number, wherever it lies. */
#include <stdlib.h>

#include "git/unpack.h"

/* Trees are made of each other: the next one of this one, perhaps. */
static void
done_with_last(struct git_reader *rd)
{
	if (rd->out_of)
		bases_keep(rd, rd->out_of, rd->out_at, GIT_TREE, &rd->out);
	else
		unpack_drop(rd, &rd->out);
	rd->out_of = NULL;
}

bool
git_read_nth(struct git_reader *rd, size_t n, struct git_object *o,
	struct gap *gap)
{
	const struct git_repo *r = rd->repo;
	struct unpack_bytes out = { 0 };
	bool ok = false;
	size_t i = 0;

	memset(o, 0, sizeof *o);
	git_nth(r, n, &o->id);
	o->number = n;
	while (i < r->npacks && n - r->packs[i].first >= r->packs[i].n)
		i++;
	if (i < r->npacks)
		ok = unpack_at(rd, &r->packs[i], pack_offset(&r->packs[i],
			(uint32_t)(n - r->packs[i].first)), &out, &o->type,
			gap);
	else
		ok = unpack_loose(rd, &r->loose[n - (r->count - r->nloose)],
			&out, &o->type, gap);
	done_with_last(rd);
	if (!ok)
		return false;
	rd->out = out;
	if (o->type == GIT_TREE && i < r->npacks) {
		rd->out_of = &r->packs[i];
		rd->out_at = pack_offset(rd->out_of,
			(uint32_t)(n - rd->out_of->first));
	}
	o->data = span_of(out.ptr, out.len);
	return true;
}

bool
git_read(struct git_reader *rd, const struct git_id *id,
	struct git_object *o, struct gap *gap)
{
	size_t n = git_number(rd->repo, id);

	if (n != SIZE_MAX)
		return git_read_nth(rd, n, o, gap);
	memset(o, 0, sizeof *o);
	o->id = *id;
	o->number = SIZE_MAX;
	*gap = unpack_gap(STANCH_GAP_MISSING, "there is no such object");
	done_with_last(rd);
	return false;
}

bool
git_whole_commits(const struct git_repo *r, uint32_t **out, size_t *n)
{
	uint32_t *v = NULL, *more;
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < r->npacks; i++) {
		const struct pack *p = &r->packs[i];
		uint64_t since = 0;

		for (uint32_t k = 0; k < p->n; k++) {
			uint32_t pos = p->order ? p->order[k] : k;
			uint64_t at = pack_offset(p, pos);
			struct pack_entry e;

			pack_passes(p, at, &since);
			if (!pack_entry(p, at, &e) || e.kind != GIT_COMMIT)
				continue;
			if (*n == cap) {
				cap = cap ? 2 * cap : 1024;
				more = reallocarray(v, cap, sizeof *v);
				if (!more) {
					free(v);
					return false;
				}
				v = more;
			}
			v[(*n)++] = (uint32_t)(p->first + pos);
		}
	}
	*out = v;
	return true;
}
