/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter.c - bytes to the same bytes, secrets masked.
 *
 *	      base        out          safe             end
 *	  -----|-----------|------------|----------------|=====room=====
 *	        kept for    not given    held back: may
 *	        context     out yet      yet be a secret
 *
 * After each push all up to `safe` is given out, with tags where covers are.
 * Of a secret without end (a private key) all that surely belongs to it is
 * dropped as it comes, so no secret is too long to hold.  The filter never
 * lets go of held bytes for any other reason: not for time, not for size.
 * Giving out is give.c's, where lines are JSON json_lines.c's; reading and
 * writing is the caller's (cli/pump.c).
 */
#include <stdlib.h>

#include "base/error.h"
#include "redact/filter_private.h"
#include "redact/tag_try.h"

enum {
	ROOM = 256 * 1024,		/* least room offered */
	BUFFER = 1024 * 1024		/* room, held and kept bytes */
};

static enum stanch_result
on_cover(const struct scan_cover *c, void *payload)
{
	struct stanch_filter *f = payload;

	/* Of a value that was not known when it came out. */
	if (c->end <= f->out && c->finding->rule->given)
		return STANCH_OK;
	f->stats.findings += !c->quiet;
	if (f->on_finding && !c->quiet &&
		!f->on_finding(c->finding, f->payload))
		return STANCH_ESTOP;
	return covers_add(&f->covers, c, f->keyed) ? STANCH_OK :
		STANCH_ENOMEM;
}

/* A tag that looks like a secret would be masked again downstream. */
static enum stanch_result
refuse_secret_tag(struct stanch_filter *f, const struct stanch_rules *rules,
	struct stanch_error *err)
{
	const struct standin *s = &f->standin;
	struct buf text;
	enum stanch_result r = STANCH_ENOMEM;

	buf_init(&text, TAG_TRY_MAX);
	scanner_begin(f->scanner, "");
	if (tag_try(&text, s->tag, s->asks, rules))
		r = scanner_push(f->scanner, buf_span(&text), 0, true);
	buf_free(&text);
	if (r != STANCH_OK)
		return error_nomem(err);
	if (f->covers.n)
		return error_set(err, STANCH_EUSAGE, NULL, "the tag itself "
			"is taken for a secret by rule \"%s\": choose "
			"another", f->covers.v[0].rule->id);
	scanner_begin(f->scanner, "");
	return STANCH_OK;
}

static enum stanch_result
open_scanner(struct stanch_filter *f, const struct stanch_engine *engine,
	const struct stanch_filter_options *opt, struct stanch_error *err)
{
	struct stanch_scan_options scan = { .size = sizeof scan,
		.least = opt->least, .values = opt->values,
		.key = opt->key_len ? opt->key : NULL,
		.key_len = opt->key_len,
		.leave_encoded = opt->leave_encoded };
	unsigned flags = SCANNER_SAFE;
	enum stanch_result r;

	if (opt->on_finding)
		flags |= SCANNER_LINES;
	if (f->standin.asks & TAG_HASH)
		flags |= SCANNER_PSEUDONYM;
	f->keyed = scan.key != NULL;
	f->key = span_of(scan.key, scan.key_len);
	f->late = opt->on_redaction ||
		(f->standin.asks & (TAG_HASH | TAG_LENGTH));
	r = scanner_new(&f->scanner, engine, &scan, flags, on_cover, f, err);
	if (r == STANCH_OK && opt->json)
		r = json_view_init(&f->view, engine, &scan,
			flags & SCANNER_PSEUDONYM, err);
	if (r == STANCH_OK)
		r = refuse_secret_tag(f, engine_rules(engine), err);
	return r;
}

enum stanch_result
stanch_filter_new(struct stanch_filter **out,
	const struct stanch_engine *engine,
	const struct stanch_filter_options *opt, struct stanch_error *err)
{
	struct stanch_filter *f;
	enum stanch_result r;

	if (!opt || opt->size < sizeof *opt || !opt->on_output)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_filter_new: options or callback missing");
	if (opt->in_band && !opt->values)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_filter_new: in_band needs values to add to");
	f = calloc(1, sizeof *f);
	if (!f)
		return error_nomem(err);
	r = standin_init(&f->standin, opt, err);
	if (r == STANCH_OK && !in_band_init(&f->in_band, opt->in_band))
		r = error_nomem(err);
	f->buffer = malloc(BUFFER);
	if (r == STANCH_OK)
		r = f->buffer ? open_scanner(f, engine, opt, err) :
			error_nomem(err);
	if (r != STANCH_OK) {
		stanch_filter_free(f);
		return r;
	}
	f->on_output = opt->on_output;
	f->on_finding = opt->on_finding;
	f->on_redaction = opt->on_redaction;
	f->on_command = opt->on_command;
	f->values = opt->values;
	f->payload = opt->payload;
	f->json = opt->json;
	f->neutral.on = opt->neutral;
	f->line = (struct line){ .end = UINT64_MAX, .number = 1 };
	*out = f;
	return STANCH_OK;
}

void
stanch_filter_free(struct stanch_filter *f)
{
	if (!f)
		return;
	if (f->buffer)
		explicit_bzero(f->buffer, BUFFER);
	scanner_free(f->scanner);
	standin_free(&f->standin);
	free(f->buffer);
	covers_free(&f->covers);
	covers_free(&f->commands);
	in_band_free(&f->in_band);
	json_view_free(&f->view);
	free(f);
}

/* Neither output nor scanner needs what is before it. */
static uint64_t
needed(const struct stanch_filter *f)
{
	uint64_t keep = scanner_keep(f->scanner);

	keep = keep < f->out ? keep : f->out;
	return keep > f->base ? keep : f->base;
}

/* Not in a push: its output must stay where it is until the next one. */
static void
compact(struct stanch_filter *f)
{
	size_t n = (size_t)(needed(f) - f->base);

	if (n == 0)
		return;
	memmove(f->buffer, f->buffer + n, f->len - n);
	f->len -= n;
	f->base += n;
}

/* Fail closed: what is held is forgotten, nothing comes out any more. */
static enum stanch_result
fail(struct stanch_filter *f, enum stanch_result r)
{
	f->failed = true;
	explicit_bzero(f->buffer, BUFFER);
	f->len = 0;
	return r;
}

void *
stanch_filter_room(struct stanch_filter *f, size_t *size)
{
	if (BUFFER - f->len < ROOM)
		compact(f);
	*size = BUFFER - f->len < ROOM ? BUFFER - f->len : ROOM;
	return f->buffer + f->len;
}

/* n bytes more of the room, that nothing in them has a say on. */
static enum stanch_result
take(struct stanch_filter *f, size_t n, bool final)
{
	enum stanch_result r;

	f->len += n;
	f->stats.bytes_in += n;
	r = scanner_push(f->scanner, span_of(f->buffer, f->len), f->base,
		final);
	return r == STANCH_OK && !give_all(f, final) ? STANCH_ESTOP : r;
}

/* ... in which commands may be: what one says holds from its end on. */
static enum stanch_result
take_commands(struct stanch_filter *f, size_t n, bool final)
{
	enum stanch_result r = STANCH_OK;
	struct in_band_piece piece;
	bool ended = true;

	while (ended && r == STANCH_OK) {
		size_t k = in_band_take(&f->in_band,
			span_of(f->buffer + f->len, n), final, &ended, &piece);

		n -= k;
		r = take(f, k, final && !ended);
		if (ended && r == STANCH_OK)
			r = command_take(f, &piece);
	}
	return r;
}

enum stanch_result
stanch_filter_push(struct stanch_filter *f, size_t n, enum stanch_pump how)
{
	bool final = how == STANCH_FINISH;
	enum stanch_result r;
	uint64_t held;

	if (f->failed || f->finished || n > BUFFER - f->len)
		return STANCH_EUSAGE;
	if (!standin_forget(&f->standin))
		return fail(f, STANCH_ENOMEM);
	r = f->in_band.systems ? take_commands(f, n, final) :
		take(f, n, final);
	if (r != STANCH_OK)
		return fail(f, r);
	held = f->base + f->len - f->out + f->neutral.n;
	f->stats.held = held;
	if (held > f->stats.held_most)
		f->stats.held_most = held;
	f->finished = final;
	/* Held bytes are bounded by the scanner; were they not, stop here. */
	if (BUFFER - (f->base + f->len - needed(f)) < ROOM)
		return fail(f, STANCH_ELIMIT);
	return STANCH_OK;
}

enum stanch_result
stanch_filter_write(struct stanch_filter *f, const void *data, size_t len,
	enum stanch_pump how)
{
	const uint8_t *p = data;
	enum stanch_result r = STANCH_OK;
	size_t room;
	void *to;

	do {
		to = stanch_filter_room(f, &room);
		room = len < room ? len : room;
		if (room) {
			memcpy(to, p, room);
			p += room;
		}
		len -= room;
		r = stanch_filter_push(f, room, len ? STANCH_RUN : how);
	} while (len && r == STANCH_OK);
	return r;
}

void
stanch_filter_get_stats(const struct stanch_filter *f,
	struct stanch_filter_stats *stats)
{
	*stats = f->stats;
}
