/* SPDX-License-Identifier: Apache-2.0 */
/* layer.c - layers: pushing bytes down, mapping offsets up. */
#include "scan/layer.h"

#include <stdlib.h>

#include "base/error.h"
#include "finding/finding.h"
#include "scan/wide.h"

/* In the order in which they are looked at. */
static const struct view_kind *const kinds[LAYER_VIEWS] = {
	&view_wide, &view_base64, &view_hex, &view_gzip, &view_escapes,
};

static uint64_t
lesser(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/*
 * Whether known values are told of that are found in l.  What encodes them
 * once is one of the forms that are looked for in the bytes as they are; UTF-16
 * is none.
 */
static bool
tells_values(const struct layer *l)
{
	return l->depth != 1 || kinds[l->kind] == &view_wide;
}

/* What lies in an open block is the block's. */
static enum stanch_result
on_match(const struct lane_match *m, void *payload)
{
	struct layer *l = payload;

	if (l->lane.open && m->rule != l->lane.open_rule &&
		m->secret_start >= l->lane.open_start)
		return STANCH_OK;
	if (m->rule >= engine_rules(l->use->engine)->n && !tells_values(l))
		return STANCH_OK;
	return l->use->on_match(l, m, l->use->payload);
}

/* A step of the lane, which is in its coordinates. */
static void
tell(const struct stanch_step *step, void *payload)
{
	const struct layer *l = payload;
	struct stanch_step there = *step;
	char way[FINDING_DECODED];

	layer_way(l, step->start, step->end, way, sizeof way);
	there.decoded = l->parent && !way[0] ? "near escapes" : way;
	there.start = layer_from(l, step->start);
	there.end = layer_to(l, step->end);
	watch_tell(l->use->watch, there);
}

static bool
make_views(struct layer *l)
{
	if (l->depth == LAYER_DEEP)
		return true;
	for (size_t i = 0; i < LAYER_VIEWS; i++) {
		unsigned which = kinds[i]->decodes & ~l->use->leave;

		if (!which || (kinds[i]->inner && !l->depth))
			continue;
		l->views[i].view = kinds[i]->make(which);
		if (!l->views[i].view)
			return false;
	}
	return true;
}

static enum stanch_result
new_layer(struct layer **out, const struct layer_use *use,
	struct layer *parent, unsigned kind, struct stanch_error *err)
{
	struct layer *l = calloc(1, sizeof *l);
	enum stanch_result r;

	if (!l)
		return error_nomem(err);
	l->use = use;
	l->parent = parent;
	l->kind = kind;
	l->depth = parent ? parent->depth + 1 : 0;
	r = lane_init(&l->lane, use->engine, use->judge, use->worker,
		use->values, use->enabled, on_match, l, err);
	if (r == STANCH_OK && !make_views(l))
		r = error_nomem(err);
	if (r != STANCH_OK) {
		layer_free(l);
		return r;
	}
	if (watched(use->watch))
		l->lane.watch = (struct watch){ .on_step = tell, .payload = l };
	layer_begin(l);
	*out = l;
	return STANCH_OK;
}

enum stanch_result
layer_new(struct layer **out, const struct layer_use *use,
	struct stanch_error *err)
{
	return new_layer(out, use, NULL, 0, err);
}

void
layer_free(struct layer *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < LAYER_VIEWS; i++) {
		layer_free(l->views[i].under);
		view_free(kinds[i], l->views[i].view);
	}
	lane_free(&l->lane);
	free(l);
}

void
layer_begin(struct layer *l)
{
	lane_begin(&l->lane);
	l->data = span_of(NULL, 0);
	l->base = 0;
	l->open = false;
	for (size_t i = 0; i < LAYER_VIEWS; i++) {
		if (l->views[i].view)
			kinds[i]->begin(l->views[i].view);
		l->views[i].fresh = true;
		l->views[i].part = 0;
	}
}

/* ---- offsets ---- */

struct view *
layer_view_of(const struct layer *l)
{
	return l->parent->views[l->kind].view;
}

const struct view_kind *
layer_kind(const struct layer *l)
{
	return kinds[l->kind];
}

uint64_t
layer_from(const struct layer *l, uint64_t at)
{
	if (l->open && at == l->open_at)
		return l->open_place;
	for (; l->parent; l = l->parent)
		at = view_from(kinds[l->kind], layer_view_of(l), at);
	return at;
}

uint64_t
layer_to(const struct layer *l, uint64_t end)
{
	for (; l->parent; l = l->parent)
		end = view_to(kinds[l->kind], layer_view_of(l), end);
	return end;
}

/* Notes where a block begins while its start can be mapped. */
static void
note_open(struct layer *l)
{
	if (l->lane.open && (!l->open || l->open_at != l->lane.open_start)) {
		l->open = l->marked = false;
		l->open_at = l->open_upto = l->lane.open_start;
		l->open_place = layer_from(l, l->open_at);
		memset(l->open_ways, 0, sizeof l->open_ways);
	}
	l->open = l->lane.open;
	if (l->open && l->lane.block.sure > l->open_upto) {
		layer_add_ways(l, l->open_upto, l->lane.block.sure,
			l->open_ways);
		l->open_upto = l->lane.block.sure;
	}
}

/* ---- the push ---- */

/* Before anything of it is dropped. */
static void
note_run(struct layer *l, size_t i)
{
	struct layer_view *lv = &l->views[i];
	struct parts *told = l->told;

	if (!told || !kinds[i]->parts)
		return;
	if (lv->fresh) {
		lv->run = told->n;
		parts_add(told, view_from(kinds[i], lv->view, 0), 0);
	}
	if (!told->failed)
		told->v[lv->run].to = lv->view->pos;
}

static enum stanch_result
push_under(struct layer *l, size_t i, bool ended)
{
	struct layer_view *lv = &l->views[i];
	struct view *v = lv->view;
	enum stanch_result r = STANCH_OK;

	note_run(l, i);

	if (!lv->under)
		r = new_layer(&lv->under, l->use, l, (unsigned)i, NULL);
	else if (lv->fresh)
		layer_begin(lv->under);
	if (lv->fresh)
		v->run = view_from(kinds[i], v, 0);
	if (r == STANCH_OK)
		r = layer_push(lv->under, buf_span(&v->text), v->base, ended);
	lv->fresh = ended;
	if (ended || r != STANCH_OK)
		return r;
	view_drop(v, layer_keep(lv->under, true));
	lv->under->data = buf_span(&v->text);
	lv->under->base = v->base;
	return r;
}

static enum stanch_result
push_view(struct layer *l, size_t i, struct span data, bool final)
{
	struct view *v = l->views[i].view;
	enum stanch_result r = STANCH_OK;
	enum view_event e = VIEW_FULL;

	while (r == STANCH_OK && e != VIEW_NONE) {
		e = kinds[i]->take(v, data, l->base, final);
		if (e == VIEW_NOMEM)
			return STANCH_ENOMEM;
		if (e == VIEW_RUN_ENDED || v->active)
			r = push_under(l, i, e == VIEW_RUN_ENDED);
	}
	return r;
}

/*
 * The part, as far as bytes go that part runs, but not into what is taken,
 * before `floor`; false: it has not all come.
 */
static bool
widen(const struct view_kind *kind, struct span data, bool final,
	size_t floor, struct part *p)
{
	while (p->from > floor && !kind->parts(data.ptr[p->from - 1]))
		p->from--;
	while (p->to < data.len && !kind->parts(data.ptr[p->to]))
		p->to++;
	if (p->to < data.len)
		p->to++;
	else if (!final)
		return false;
	return true;
}

/* Of a place whose bytes so far are all in data. */
static enum stanch_result
push_parts(struct layer *l, size_t i, bool final)
{
	struct layer_view *lv = &l->views[i];
	struct view *v = lv->view;
	enum stanch_result r = STANCH_OK;
	struct part p = { l->data.len, 0 };
	bool came = true;

	for (; r == STANCH_OK && lv->part < l->parts->n; lv->part++) {
		p = l->parts->v[lv->part];
		if (p.to < v->pos)	/* one before it was widened over it */
			continue;
		came = p.from < l->data.len || final ? widen(kinds[i],
			l->data, final, (size_t)v->pos, &p) : false;
		if (!came)
			break;
		if (p.to <= v->pos)
			continue;
		if (p.from > v->pos)
			v->pos = p.from;
		r = push_view(l, i, span_first(l->data, p.to),
			final && p.to == l->data.len);
	}
	if (r == STANCH_OK) {	/* of what is left there is no run */
		v->pos = came || p.from > l->data.len ? l->data.len : p.from;
		v->held = v->pos;
		v->loose = false;
	}
	return r;
}

enum stanch_result
layer_push(struct layer *l, struct span data, uint64_t base, bool final)
{
	enum stanch_result r;

	if (!data.ptr)
		data.ptr = (const uint8_t *)"";	/* NULL plus 0 is undefined */
	l->data = data;
	l->base = base;
	r = lane_feed(&l->lane, data, base, final);
	note_open(l);
	for (size_t i = 0; i < LAYER_VIEWS && r == STANCH_OK; i++)
		if (l->views[i].view)
			r = l->parts && kinds[i]->parts ?
				push_parts(l, i, final) :
				push_view(l, i, data, final);
	return r;
}

/* ---- bounds ---- */

/* What of a view goes on; NULL: nothing. */
static struct layer *
live(const struct layer_view *lv)
{
	return lv->view && lv->view->active && !lv->fresh ? lv->under : NULL;
}

/* What of the lane's bytes is still asked for the place of. */
static uint64_t
lane_keep(const struct lane *l)
{
	uint64_t safe = l->open ? l->block.sure : l->safe;

	return lesser(safe, l->keep);
}

uint64_t
layer_keep(const struct layer *l, bool places)
{
	uint64_t keep = l->parent ? lane_keep(&l->lane) : l->lane.keep, at;

	for (size_t i = 0; i < LAYER_VIEWS; i++) {
		const struct view *v = l->views[i].view;

		if (!v)
			continue;
		keep = lesser(keep, v->pos ? v->pos - 1 : 0);
		if (!places || !live(&l->views[i]))
			continue;
		at = layer_keep(live(&l->views[i]), true);
		keep = lesser(keep, view_from(kinds[i], v, at));
	}
	return keep;
}

/* An offset of l in the place; what is behind all bytes is nowhere. */
static uint64_t
bound(const struct layer *l, uint64_t at)
{
	return l->parent && at >= l->base + l->data.len ? UINT64_MAX :
		layer_from(l, at);
}

static uint64_t
view_safe(const struct layer *l, size_t i)
{
	const struct layer_view *lv = &l->views[i];
	const struct view *v = lv->view;
	uint64_t safe = bound(l, v->held);
	size_t at;

	if (v->loose && l->use->values && l->depth)
		return lesser(safe, bound(l, v->pos));
	if (v->loose) {
		at = engine_tail(l->use->engine, buf_span(&v->text));
		return at == v->text.len ? safe : lesser(safe,
			bound(l, view_from(kinds[i], v, at)));
	}
	return live(lv) ? lesser(safe, layer_safe(live(lv))) : safe;
}

uint64_t
layer_safe(const struct layer *l)
{
	uint64_t safe = bound(l, lane_safe(&l->lane, l->data, l->base));

	for (size_t i = 0; i < LAYER_VIEWS; i++)
		if (l->views[i].view)
			safe = lesser(safe, view_safe(l, i));
	return safe;
}

/* ---- open blocks ---- */

const struct layer *
layer_open(const struct layer *l)
{
	const struct layer *found = l->lane.open ? l : NULL;

	for (size_t i = 0; i < LAYER_VIEWS && !found; i++)
		if (live(&l->views[i]))
			found = layer_open(live(&l->views[i]));
	return found;
}

void
layer_mark_open(struct layer *l, struct lines *lines, struct span data,
	uint64_t base)
{
	if (l->open && !l->marked) {
		l->line = lines_at(lines, data, base, l->open_place);
		l->marked = true;
	}
	for (size_t i = 0; i < LAYER_VIEWS; i++)
		if (live(&l->views[i]))
			layer_mark_open(live(&l->views[i]), lines, data, base);
}
