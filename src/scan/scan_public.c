/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_public.c - the public scanner: keeps the window for callers that hand
 * over bytes and forget them.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "scan/layer.h"
#include "scan/object.h"

enum {
	STEP = 256 * 1024,		/* most bytes looked at in one go */
	WINDOW_MAX = 4 * STEP		/* a step and all a scanner may keep */
};

const char *
stanch_decode_name(size_t i)
{
	return layer_name(i);
}

struct stanch_scanner {
	struct scanner *scanner;
	struct object *object;
	stanch_finding_fn *on_finding;
	void *payload;
	struct buf window;	/* from base on; what was kept */
	uint64_t base;
	char *place;
	bool begun, failed;
};

static enum stanch_result
on_cover(const struct scan_cover *c, void *payload)
{
	struct stanch_scanner *s = payload;

	return c->quiet || s->on_finding(c->finding, s->payload) ?
		STANCH_OK : STANCH_ESTOP;
}

enum stanch_result
stanch_scanner_new(struct stanch_scanner **out,
	const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, stanch_finding_fn *on_finding,
	void *payload, struct stanch_error *err)
{
	struct stanch_scanner *s;
	enum stanch_result r;

	if (!opt || opt->size < sizeof *opt || !on_finding)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_scanner_new: options or callback missing");
	s = calloc(1, sizeof *s);
	if (!s)
		return error_nomem(err);
	s->on_finding = on_finding;
	s->payload = payload;
	buf_init(&s->window, WINDOW_MAX);
	r = scanner_new(&s->scanner, engine, opt, SCANNER_LINES, on_cover,
		s, err);
	if (r == STANCH_OK)
		r = object_new(&s->object, s->scanner, err);
	if (r != STANCH_OK) {
		scanner_free(s->scanner);
		free(s);
		return r;
	}
	*out = s;
	return STANCH_OK;
}

void
stanch_scanner_free(struct stanch_scanner *s)
{
	if (!s)
		return;
	object_free(s->object);
	scanner_free(s->scanner);
	buf_free(&s->window);
	free(s->place);
	free(s);
}

uint64_t
stanch_scanner_let_pass(const struct stanch_scanner *s)
{
	return scanner_let_pass(s->scanner);
}

enum stanch_result
stanch_scanner_begin(struct stanch_scanner *s, const char *place)
{
	char *copy = strdup(place);

	if (!copy)
		return STANCH_ENOMEM;
	free(s->place);
	s->place = copy;
	s->window.len = 0;
	s->base = 0;
	s->begun = true;
	s->failed = false;
	scanner_begin(s->scanner, s->place);
	return STANCH_OK;
}

/* One step: what was kept and at most STEP new bytes. */
static enum stanch_result
step(struct stanch_scanner *s, const uint8_t *data, size_t len, bool final)
{
	struct span window = span_of(data, len);
	uint64_t base = s->base, keep;
	bool direct = !s->window.len;
	enum stanch_result r;

	if (!direct) {
		if (!buf_append(&s->window, data, len))
			return s->window.len + len > WINDOW_MAX ?
				STANCH_ELIMIT : STANCH_ENOMEM;
		window = buf_span(&s->window);
	}
	r = scanner_push(s->scanner, window, base, final);
	if (r != STANCH_OK || final)
		return r;
	keep = scanner_keep(s->scanner);
	keep = keep > base ? keep - base : 0;
	s->base = base + keep;
	if (!direct)
		buf_drop(&s->window, (size_t)keep);
	else if (!buf_append(&s->window, data + keep, len - (size_t)keep))
		return STANCH_ENOMEM;
	return STANCH_OK;
}

static enum stanch_result
feed(struct stanch_scanner *s, const uint8_t *data, size_t len, bool final)
{
	enum stanch_result r = STANCH_OK;
	size_t n;

	if (!s->begun || s->failed)
		return STANCH_EUSAGE;
	if (!len)
		data = (const uint8_t *)"";	/* NULL plus 0 is undefined */
	do {
		n = len < STEP ? len : STEP;
		if (n || final)
			r = step(s, data, n, final && n == len);
		data += n;
		len -= n;
	} while (len && r == STANCH_OK);
	s->failed = r != STANCH_OK;
	return r;
}

enum stanch_result
stanch_scanner_feed(struct stanch_scanner *s, const void *data, size_t len)
{
	return feed(s, data, len, false);
}

enum stanch_result
stanch_scanner_finish(struct stanch_scanner *s)
{
	enum stanch_result r = feed(s, NULL, 0, true);

	s->begun = false;
	return r;
}

enum stanch_result
scan_object(struct stanch_scanner *s, const char *place, struct span data,
	const struct kin *kin)
{
	enum stanch_result r = stanch_scanner_begin(s, place);

	if (r == STANCH_OK)
		r = object_scan(s->object, data, kin);
	s->begun = false;
	return r;
}
