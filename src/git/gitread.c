/* SPDX-License-Identifier: Apache-2.0 */
/* gitread.c - one object by its id or number, wherever it lies. */
#include "git/unpack.h"

bool
git_read_nth(struct git_reader *rd, size_t n, struct git_object *o,
	struct gap *gap)
{
	const struct git_repo *r = rd->repo;
	struct unpack_bytes out = { 0 };
	bool ok = false, packed = false;

	memset(o, 0, sizeof *o);
	git_nth(r, n, &o->id);
	o->number = n;
	for (size_t i = 0; i < r->npacks && !packed; i++) {
		const struct pack *p = &r->packs[i];

		packed = n - p->first < p->n;
		if (packed)
			ok = unpack_at(rd, p, pack_offset(p,
				(uint32_t)(n - p->first)), &out, &o->type,
				gap);
	}
	if (!packed)
		ok = unpack_loose(rd, &r->loose[n - (r->count - r->nloose)],
			&out, &o->type, gap);
	unpack_drop(rd, &rd->out);
	if (!ok)
		return false;
	rd->out = out;
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
	unpack_drop(rd, &rd->out);
	return false;
}
