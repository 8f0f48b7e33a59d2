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

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "redact/tag.h"
#include "scan/scanner.h"

enum {
	ROOM = 256 * 1024,		/* least room offered */
	BUFFER = 1024 * 1024		/* room, held and kept bytes */
};

struct cover {
	uint64_t start, end;
	const struct stanch_rule *rule;
	uint8_t wide;
};

/* A tag once made stays where it is: output pieces outlive the push. */
struct made {
	const struct made *next;
	const struct stanch_rule *rule;
	size_t len;
	uint8_t wide;
	uint8_t text[];
};

struct stanch_filter {
	struct scanner *scanner;
	stanch_output_fn *on_output;
	stanch_finding_fn *on_finding;
	void *payload;
	char tag[TAG_TEMPLATE_MAX + 1];
	uint8_t *buffer;
	size_t len;		/* bytes in it */
	uint64_t base, out;	/* absolute: of buffer[0]; given out so far */
	struct cover *covers;	/* of this push */
	size_t ncovers, cap;
	bool masking;		/* the tag of an open secret was given out: */
	uint64_t masking_from;	/* the one that began here */
	bool failed, finished;
	struct arena *tags;
	const struct made *made;	/* one a rule and width, in tags */
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
	f->covers[f->ncovers++] = (struct cover){ first(c->start, c->wide),
		c->end, c->finding->rule, c->wide };
	return STANCH_OK;
}

/* A tag that looks like a secret would be masked again downstream. */
static enum stanch_result
refuse_secret_tag(struct stanch_filter *f, const struct stanch_rules *rules,
	struct stanch_error *err)
{
	struct buf text;
	enum stanch_result r = STANCH_ENOMEM;

	buf_init(&text, TAG_MAX);
	scanner_begin(f->scanner, "");
	if (tag_write(&text, f->tag, &rules->rules[0]))
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

enum stanch_result
stanch_filter_new(struct stanch_filter **out,
	const struct stanch_engine *engine,
	const struct stanch_filter_options *opt, struct stanch_error *err)
{
	const char *tag = opt && opt->tag ? opt->tag : TAG_DEFAULT;
	struct stanch_scan_options scan = { .size = sizeof scan };
	struct stanch_filter *f;
	enum stanch_result r;

	if (!opt || opt->size < sizeof *opt || !opt->on_output)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_filter_new: options or callback missing");
	r = tag_check(tag, err);
	if (r != STANCH_OK)
		return r;
	f = calloc(1, sizeof *f);
	if (!f)
		return error_nomem(err);
	f->buffer = malloc(BUFFER);
	f->tags = arena_new();
	f->on_output = opt->on_output;
	f->payload = opt->payload;
	memcpy(f->tag, tag, strlen(tag) + 1);
	scan.least = opt->least;
	r = f->buffer && f->tags ? scanner_new(&f->scanner, engine, &scan,
		SCANNER_SAFE | (opt->on_finding ? SCANNER_LINES : 0),
		on_cover, f, err) :
		error_nomem(err);
	if (r == STANCH_OK)
		r = refuse_secret_tag(f, engine_rules(engine), err);
	f->on_finding = opt->on_finding;
	if (r != STANCH_OK) {
		stanch_filter_free(f);
		return r;
	}
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
	arena_free(f->tags);
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

static void
mask(struct stanch_filter *f, uint64_t to)
{
	if (to <= f->out)
		return;
	f->stats.bytes_masked += to - f->out;
	f->out = to;
}

/*
 * wide: each character of it as UTF-16, like the text around it; of a
 * big-endian one the first NUL is there already.
 */
static const struct made *
make_tag(struct stanch_filter *f, const struct stanch_rule *rule,
	uint8_t wide)
{
	struct buf text;
	struct made *m = NULL;
	size_t each = wide ? 2 : 1;

	buf_init(&text, TAG_MAX);
	if (tag_write(&text, f->tag, rule))
		m = arena_alloc(f->tags, sizeof *m + each * text.len);
	if (m) {
		m->rule = rule;
		m->wide = wide;
		m->len = each * text.len - (wide == 2);
		for (size_t i = 0; i < text.len; i++)
			m->text[each * i] = text.ptr[i];
		m->next = f->made;
		f->made = m;
	}
	buf_free(&text);
	return m;
}

static bool
give_tag(struct stanch_filter *f, const struct stanch_rule *rule,
	uint8_t wide)
{
	const struct made *m = f->made;

	while (m && (m->rule != rule || m->wide != wide))
		m = m->next;
	if (!m)
		m = make_tag(f, rule, wide);
	return m && give(f, m->text, m->len);
}

static bool
give_cover(struct stanch_filter *f, const struct cover *c)
{
	if (c->end <= f->out && !f->masking)
		return true;	/* lies in what is masked already */
	if (!give_clean(f, c->start))
		return false;
	if (!f->masking && !give_tag(f, c->rule, c->wide))
		return false;
	f->masking = false;
	mask(f, c->end);
	return true;
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
	if (!f->masking) {
		if (!give_clean(f, safe < open.start ? safe : open.start))
			return false;
		if (f->out < open.start)
			return true;	/* something before is undecided */
		if (!give_clean(f, first(open.start, open.wide)) ||
			!give_tag(f, open.rule, open.wide))
			return false;
		f->masking = true;
		f->masking_from = open.start;
	}
	/* Another one: the cover of the first is still to come. */
	if (f->masking_from == open.start)
		mask(f, open.sure);
	return true;
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
