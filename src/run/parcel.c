/* SPDX-License-Identifier: Apache-2.0 */
/* parcel.c - members are copied one behind the other. */
#include "run/parcel.h"

#include <stdlib.h>

enum { NAMES = 16 * 1024 * 1024 };

struct parcel *
parcel_new(void)
{
	struct parcel *p = calloc(1, sizeof *p);

	if (p) {
		buf_init(&p->bytes, PARCEL_BYTES + PARCEL_MEMBER);
		buf_init(&p->names, NAMES);
	}
	return p;
}

void
parcel_clear(struct parcel *p)
{
	for (size_t i = 0; i < p->n; i++)
		event_free(p->parts[i].events);
	p->n = p->bytes.len = p->names.len = 0;
	p->open = p->done = false;
	p->result = STANCH_OK;
}

void
parcel_free(struct parcel *p)
{
	if (!p)
		return;
	parcel_clear(p);
	buf_free(&p->bytes);
	buf_free(&p->names);
	free(p);
}

static struct parcel_part *
add_part(struct parcel *p)
{
	struct parcel_part *part = &p->parts[p->n++];

	*part = (struct parcel_part){ .place = p->names.len,
		.at = p->bytes.len };
	part->last = &part->events;
	return part;
}

bool
parcel_begin(struct parcel *p, const char *place)
{
	add_part(p);
	p->open = true;
	return buf_append(&p->names, place, strlen(place) + 1);
}

bool
parcel_add(struct parcel *p, const void *data, size_t n)
{
	p->parts[p->n - 1].n += n;
	return buf_append(&p->bytes, data, n);
}

void
parcel_end(struct parcel *p, bool kept, uint64_t turn)
{
	struct parcel_part *part = &p->parts[p->n - 1];

	part->kept = kept;
	part->turn = turn;
	p->open = false;
}

bool
parcel_gap(struct parcel *p, struct event *e, bool kept)
{
	struct parcel_part *part = add_part(p);

	part->is_gap = true;
	part->kept = kept;
	part->events = e;
	return e != NULL;
}

struct parcel *
parcel_split(struct parcel *p)
{
	struct parcel *own = parcel_new();
	const struct parcel_part *part = &p->parts[p->n - 1];

	if (!own || !parcel_begin(own, parcel_place(p, p->n - 1)) ||
		!parcel_add(own, p->bytes.ptr + part->at, part->n)) {
		parcel_free(own);
		return NULL;
	}
	p->bytes.len = part->at;
	p->names.len = part->place;
	p->n--;
	p->open = false;
	return own;
}
