/* SPDX-License-Identifier: Apache-2.0 */
/*
 * object.c - objects with a base.  What is carried over, and why it may be, is
 * carry.c's.
 */
#include "scan/object.h"

#include <stdlib.h>

#include "base/error.h"
#include "scan/carry.h"
#include "scan/scanner_private.h"

enum { STEP = 256 * 1024 };	/* bytes whose candidates wait at a time */

struct object {
	struct scanner *scanner;
	struct carry carry;
	struct candidates noted;	/* those that were tried */
	struct parts told;		/* runs of views */
};

enum stanch_result
object_new(struct object **out, struct scanner *s, struct stanch_error *err)
{
	struct object *o = calloc(1, sizeof *o);

	if (!o)
		return error_nomem(err);
	o->scanner = s;
	if (!carry_init(&o->carry, s->engine, s->worker)) {
		object_free(o);
		return error_nomem(err);
	}
	*out = o;
	return STANCH_OK;
}

void
object_free(struct object *o)
{
	if (!o)
		return;
	carry_free(&o->carry);
	free(o->noted.v);
	free(o->told.v);
	free(o);
}

static enum stanch_result
push(struct scanner *s, struct span data)
{
	enum stanch_result r;
	size_t end = 0;

	do {
		end = data.len - end > STEP ? end + STEP : data.len;
		r = scanner_push(s, span_of(data.ptr, end), 0,
			end == data.len);
	} while (r == STANCH_OK && end < data.len);
	return r;
}

/* What is known of it now, for what is made of it. */
static void
remember(struct object *o, const struct kin *kin)
{
	struct learnt *k = carry_learnt(&o->carry, &o->noted, &o->told);

	if (!k)
		return;
	*kin->own = (struct kin_note){ .ptr = k, .free = free,
		.bytes = learnt_bytes(k) };
}

enum stanch_result
object_scan(struct object *o, struct span data, const struct kin *kin)
{
	struct scanner *s = o->scanner;
	const struct learnt *base = kin->base ? kin->base->ptr : NULL;
	enum stanch_result r;

	if (!data.len)
		data.ptr = (const uint8_t *)"";	/* NULL plus 0 is undefined */
	o->noted.n = 0;
	s->is_whole = true;
	o->told.n = 0;
	o->told.failed = false;
	s->layers->lane.noted = kin->own ? &o->noted : NULL;
	s->layers->told = kin->own ? &o->told : NULL;
	if (carry_over(&o->carry, data, kin, base)) {
		s->layers->lane.carried = &o->carry.given;
		s->layers->parts = &o->carry.parts;
	}
	r = push(s, data);
	if (r == STANCH_OK && kin->own)
		remember(o, kin);
	s->layers->lane.carried = s->layers->lane.noted = NULL;
	s->layers->parts = s->layers->told = NULL;
	s->is_whole = false;
	return r;
}
