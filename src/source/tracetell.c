/* SPDX-License-Identifier: Apache-2.0 */
/* tracetell.c - what is told of the places of targets. */
#include <stdio.h>
#include <stdlib.h>

#include "source/tracewalk.h"

static const char *
text(struct trace *t, struct span s)
{
	char *copy = arena_strndup(t->arena, (const char *)s.ptr, s.len);

	t->nomem |= !copy;
	return copy ? copy : "";
}

const char *
trace_joined(struct trace *t, const char *reach, const char *what)
{
	size_t n = strlen(reach) + strlen(what) + 1;
	char *s = arena_alloc(t->arena, n);

	t->nomem |= !s;
	if (s)
		snprintf(s, n, "%s%s", reach, what);
	return s ? s : "";
}

/* "REPO/.git!0123456789ab:path" */
static const char *
place_of(struct trace *t, const char *hex, struct span path)
{
	size_t n = strlen(t->repo->place) + path.len + 16;
	char *place = arena_alloc(t->arena, n);

	t->nomem |= !place;
	if (!place)
		return "";
	snprintf(place, n, "%s!%.12s%s", t->repo->place, hex,
		path.len ? ":" : "");
	memcpy(place + strlen(place), path.ptr ? path.ptr :
		(const uint8_t *)"", path.len);
	return place;
}

struct origin *
trace_add(struct trace *t, const struct git_id *id, struct span path,
	const char *reach)
{
	uint32_t at = trace_target(t, id);
	struct trace_target *g = at == TRACE_NONE ? NULL : &t->targets[at];
	char hex[GIT_HEX];
	struct origin *v, *o;

	if (!g || (g->phase && g->phase != t->phase) || g->n == TRACE_PLACES)
		return NULL;
	v = reallocarray(g->v, g->n + 1, sizeof *v);
	if (!v) {
		t->nomem = true;
		return NULL;
	}
	g->v = v;
	t->left -= g->phase == 0;
	g->phase = t->phase;
	o = &v[g->n++];
	git_hex(t->git, id, hex);
	*o = (struct origin){ .reach = reach, .commit = "", .author = "",
		.object = text(t, span_str(hex)),
		.place = place_of(t, hex, path) };
	return o;
}

static void
set_date(struct origin *o, const struct origin *date)
{
	o->commit = date->commit;
	o->author = date->author;
	o->dated = date->dated;
	o->time = date->time;
	o->zone = date->zone;
}

void
trace_date(struct trace *t, struct origin *o, const struct git_id *id,
	const struct git_person *p)
{
	char hex[GIT_HEX];

	git_hex(t->git, id, hex);
	t->date = (struct origin){ .commit = text(t, span_str(hex)),
		.dated = p->dated, .time = p->time, .zone = p->zone,
		.author = t->opt->git_authors ? text(t, p->name) : "" };
	t->dated = *id;
	if (o)
		set_date(o, &t->date);
}

void
trace_date_by(struct trace *t, struct origin *o, uint32_t commit)
{
	struct git_object c;
	struct git_commit p;
	struct git_id id;
	struct gap gap;

	git_nth(t->git, commit, &id);
	if (t->date.commit && !memcmp(id.v, t->dated.v, GIT_ID))
		set_date(o, &t->date);
	else if (git_read_nth(t->rd, commit, &c, &gap) &&
		git_commit_parse(&p, t->git, c.data))
		trace_date(t, o, &id, &p.author);
}
