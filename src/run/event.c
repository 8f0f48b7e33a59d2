/* SPDX-License-Identifier: Apache-2.0 */
/* event.c - copies that outlive the worker's item. */
#include "run/event.h"

#include <stdlib.h>

struct event *
event_of_finding(const struct stanch_finding *f)
{
	struct event *e = calloc(1, sizeof *e);

	if (!e)
		return NULL;
	e->finding = finding_copy(f);
	if (!e->finding) {
		free(e);
		return NULL;
	}
	e->cost = sizeof *e + sizeof *f + strlen(f->place) + f->secret.len;
	return e;
}

struct event *
event_of_gap(const struct gap *g, const char *place)
{
	size_t n = strlen(place) + 1;
	struct event *e = malloc(sizeof *e + n);

	if (!e)
		return NULL;
	memcpy(e + 1, place, n);
	*e = (struct event){ .kind = EVENT_GAP, .gap = *g,
		.cost = sizeof *e + n };
	e->gap.place = (const char *)(e + 1);
	return e;
}

struct event *
event_of_end(void)
{
	struct event *e = calloc(1, sizeof *e);

	if (e) {
		e->kind = EVENT_REPO_END;
		e->cost = sizeof *e;
	}
	return e;
}

void
event_free(struct event *e)
{
	while (e) {
		struct event *next = e->next;
		finding_free(e->finding);
		free(e);
		e = next;
	}
}
