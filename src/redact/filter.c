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
 * Reading and writing is the caller's (cli/pump.c).
 */
#include <stdlib.h>

#include "base/error.h"
#include "redact/standin.h"
#include "redact/tag_try.h"

enum {
	ROOM = 256 * 1024,		/* least room offered */
	BUFFER = 1024 * 1024		/* room, held and kept bytes */
};

struct cover {
	uint64_t start, end;
	const struct stanch_rule *rule;
	uint8_t wide;
	char hash[FINDING_PSEUDONYM + 1];
	char fingerprint[FINDING_FINGERPRINT];
};

/* What is being masked. */
struct masking {
	bool on;
	bool tagged;		/* its tag was given out */
	uint8_t wide;
	uint64_t start;		/* of the secret ... */
	uint64_t first;		/* ... and of what of it is masked */
	uint64_t at;		/* where in the output its place is */
};

struct stanch_filter {
	struct scanner *scanner;
	stanch_output_fn *on_output;
	stanch_finding_fn *on_finding;
	stanch_redaction_fn *on_redaction;
	void *payload;
	struct standin standin;
	bool keyed;		/* findings have keyed fingerprints */
	bool late;		/* a tag waits for the end of its secret */
	uint8_t *buffer;
	size_t len;		/* bytes in it */
	uint64_t base, out;	/* absolute: of buffer[0]; given out so far */
	struct cover *covers;	/* of this push */
	size_t ncovers, cap;
	struct masking masking;
	bool failed, finished;
	struct stanch_filter_stats stats;
};

/*
 * The first byte to mask.  The NUL that a big-endian run begins with may be
 * out already when the run is seen to be one, so it always stays.
 */
static uint64_t
first(uint64_t start, uint8_t wide)
{
	return start + (wide == 2);
}

static enum stanch_result
on_cover(const struct scan_cover *c, void *payload)
{
	struct stanch_filter *f = payload;
	struct cover *covers;
	size_t cap;

	f->stats.findings += !c->quiet;
	if (f->on_finding && !c->quiet &&
		!f->on_finding(c->finding, f->payload))
		return STANCH_ESTOP;
	if (f->ncovers == f->cap) {
		cap = f->cap ? f->cap * 2 : 64;
		covers = realloc(f->covers, cap * sizeof *covers);
		if (!covers)
			return STANCH_ENOMEM;
		f->covers = covers;
		f->cap = cap;
	}
	covers = &f->covers[f->ncovers++];
	*covers = (struct cover){ first(c->start, c->wide), c->end,
		c->finding->rule, c->wide, "", "" };
	memcpy(covers->hash, c->finding->pseudonym, sizeof covers->hash);
	if (f->keyed)
		memcpy(covers->fingerprint, c->finding->fingerprint,
			sizeof covers->fingerprint);
	return STANCH_OK;
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
	if (f->ncovers)
		return error_set(err, STANCH_EUSAGE, NULL, "the tag itself "
			"is taken for a secret by rule \"%s\": choose "
			"another", f->covers[0].rule->id);
	scanner_begin(f->scanner, "");
	return STANCH_OK;
}

static enum stanch_result
open_scanner(struct stanch_filter *f, const struct stanch_engine *engine,
	const struct stanch_filter_options *opt, struct stanch_error *err)
{
	struct stanch_scan_options scan = { .size = sizeof scan,
		.least = opt->least, .key = opt->key_len ? opt->key : NULL,
		.key_len = opt->key_len };
	unsigned flags = SCANNER_SAFE;
	enum stanch_result r;

	if (opt->on_finding)
		flags |= SCANNER_LINES;
	if (f->standin.asks & TAG_HASH)
		flags |= SCANNER_PSEUDONYM;
	f->keyed = scan.key != NULL;
	f->late = opt->on_redaction ||
		(f->standin.asks & (TAG_HASH | TAG_LENGTH));
	r = scanner_new(&f->scanner, engine, &scan, flags, on_cover, f, err);
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
	f = calloc(1, sizeof *f);
	if (!f)
		return error_nomem(err);
	r = standin_init(&f->standin, opt, err);
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
	f->payload = opt->payload;
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
	free(f->covers);
	free(f);
}

/* ---- giving out ---- */

static bool
give(struct stanch_filter *f, const void *data, size_t len)
{
	if (!len)
		return true;
	f->stats.bytes_out += len;
	joint_note(&f->standin.joint, data, len);
	return f->on_output(data, len, f->payload);
}

/* The bytes from f->out up to `to`, as they are. */
static bool
give_clean(struct stanch_filter *f, uint64_t to)
{
	const uint8_t *p = f->buffer + (f->out - f->base);
	size_t n;

	if (to <= f->out)
		return true;
	n = (size_t)(to - f->out);
	f->out = to;
	return give(f, p, n);
}

/* Drops the bytes up to `to`, or gives out what fills their place. */
static bool
mask(struct stanch_filter *f, uint64_t to)
{
	const struct masking *m = &f->masking;
	struct span fill = { NULL, 0 };

	if (to <= f->out)
		return true;
	if (f->standin.fill && !standin_fill(&f->standin,
		span_of(f->buffer + (f->out - f->base), (size_t)(to - f->out)),
		m->wide, (f->out - m->first) & 1, &fill))
		return false;
	f->stats.bytes_masked += to - f->out;
	f->out = to;
	return give(f, fill.ptr, fill.len);
}

/* c->hash and c->end count only when its tag may tell of them. */
static bool
give_tag(struct stanch_filter *f, const struct cover *c)
{
	const struct masking *m = &f->masking;
	struct tag_facts facts = { c->rule, c->hash, f->out - m->first };
	struct stanch_redaction r = { c->rule, m->first, f->out,
		m->at, NULL, (size_t)(f->stats.bytes_out - m->at),
		c->fingerprint };
	struct span tag = { NULL, 0 };

	if (!f->standin.fill) {
		if (!standin_tag(&f->standin, &facts, c->wide, false, &tag))
			return false;
		r.tag = tag.ptr;
		r.len = tag.len;
	}
	if (f->on_redaction && !f->on_redaction(&r, f->payload))
		return false;
	return give(f, tag.ptr, tag.len);
}

static void
begin_mask(struct stanch_filter *f, uint64_t start, uint8_t wide)
{
	f->masking = (struct masking){ .on = true, .wide = wide,
		.start = start, .first = f->out, .at = f->stats.bytes_out };
}

static bool
give_cover(struct stanch_filter *f, const struct cover *c)
{
	bool ok;

	if (c->end <= f->out && !f->masking.on)
		return true;	/* lies in what is masked already */
	if (!give_clean(f, c->start))
		return false;
	if (!f->masking.on)
		begin_mask(f, c->start, c->wide);
	ok = mask(f, c->end) && (f->masking.tagged || give_tag(f, c));
	f->masking.on = false;
	return ok;
}

/* Of a secret that goes on: its tag when that can be known, then nothing. */
static bool
give_open(struct stanch_filter *f, const struct scan_open *open)
{
	struct cover c = { .rule = open->rule, .wide = open->wide };

	if (!f->masking.on) {
		if (!give_clean(f, first(open->start, open->wide)))
			return false;
		begin_mask(f, open->start, open->wide);
		f->masking.tagged = !f->late && !f->standin.fill;
		if (f->masking.tagged && !give_tag(f, &c))
			return false;
	}
	/* Another one: the cover of the first is still to come. */
	return f->masking.start != open->start || mask(f, open->sure);
}

/* What is certain now: clean bytes, tags, and the inside of an open secret. */
static bool
give_all(struct stanch_filter *f, bool final)
{
	uint64_t end = f->base + f->len;
	uint64_t safe = final ? end : scanner_safe(f->scanner);
	struct scan_open open;

	for (size_t i = 0; i < f->ncovers; i++)
		if (!give_cover(f, &f->covers[i]))
			return false;
	f->ncovers = 0;
	safe = safe < end ? safe : end;
	if (final || !scanner_open(f->scanner, &open))
		return give_clean(f, safe);
	if (!f->masking.on) {
		if (!give_clean(f, safe < open.start ? safe : open.start))
			return false;
		if (f->out < open.start)
			return true;	/* something before is undecided */
	}
	return give_open(f, &open);
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
	f->len += n;
	f->stats.bytes_in += n;
	r = scanner_push(f->scanner, span_of(f->buffer, f->len), f->base,
		final);
	if (r != STANCH_OK)
		return fail(f, r);
	if (!give_all(f, final))
		return fail(f, STANCH_ESTOP);
	held = f->base + f->len - f->out;
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
