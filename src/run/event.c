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

/* The place, with what stands behind it, stands behind the event. */
static struct event *
event_with(enum event_kind kind, const char *place, const char *behind)
{
	size_t n = strlen(place), more = strlen(behind) + 1;
	struct event *e = malloc(sizeof *e + n + more);

	if (!e)
		return NULL;
	memcpy(e + 1, place, n);
	memcpy((char *)(e + 1) + n, behind, more);
	*e = (struct event){ .kind = kind, .cost = sizeof *e + n + more };
	return e;
}

struct event *
event_of_gap(const struct gap *g, const char *place)
{
	struct event *e = event_with(EVENT_GAP, place, "");

	if (e) {
		e->gap = *g;
		e->gap.place = (const char *)(e + 1);
	}
	return e;
}

struct event *
event_of_coverage(const struct coverage *c, const char *behind)
{
	struct event *e = event_with(EVENT_COVERAGE, c->place, behind);

	if (e) {
		e->coverage = *c;
		e->coverage.place = (const char *)(e + 1);
	}
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
