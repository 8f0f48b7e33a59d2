/* SPDX-License-Identifier: Apache-2.0 */
/* drive.c - bytes through a scanner or a filter, in pieces. */
#include <inttypes.h>
#include <stdlib.h>

#include "prop.h"

enum { GOT_MAX = 1 << 28, PIECES = 4096 };

struct split
split_whole(void)
{
	return (struct split){ .most = 0 };
}

struct split
split_random(size_t most, uint64_t seed)
{
	struct split s = { .most = most };

	rng_seed(&s.rng, seed);
	return s;
}

struct split
split_at(size_t one, size_t two)
{
	return (struct split){ .most = SIZE_MAX, .one = one, .two = two };
}

/* How many bytes the next piece has, of the `left` from `at` on. */
static size_t
split_next(struct split *s, size_t at, size_t left)
{
	size_t n = left;

	if (s->most == SIZE_MAX)
		n = at < s->one ? s->one - at : at < s->two ? s->two - at :
			left;
	else if (s->most == 1)
		n = 1;
	else if (s->most)
		n = rng_below(&s->rng, s->most + 1);
	return n < left ? n : left;
}

void
got_init(struct got *g)
{
	*g = (struct got){ .result = STANCH_OK };
	buf_init(&g->out, GOT_MAX);
	buf_init(&g->text, GOT_MAX);
	buf_init(&g->found, GOT_MAX);
	buf_init(&g->secrets, GOT_MAX);
}

void
got_free(struct got *g)
{
	buf_free(&g->out);
	buf_free(&g->text);
	buf_free(&g->found);
	buf_free(&g->secrets);
}

void
got_forget(struct got *g)
{
	g->text.len = g->found.len = g->secrets.len = 0;
}

size_t
got_count(const struct got *g)
{
	return g->found.len / sizeof(struct found);
}

const struct found *
got_at(const struct got *g, size_t i)
{
	return (const struct found *)(void *)g->found.ptr + i;
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	struct got *g = payload;
	struct found one = { stanch_finding_start(f), stanch_finding_end(f),
		stanch_finding_rule(f), g->secrets.len, 0 };
	const void *secret = stanch_finding_secret(f, &one.secret_len);
	const char *reason;

	if (secret)
		buf_append(&g->secrets, secret, one.secret_len);
	buf_printf(&g->text, "%s %" PRIu64 "-%" PRIu64 " at %" PRIu64 ":%"
		PRIu64 " %s %s %s %s %s", stanch_rule_id(one.rule), one.start,
		one.end, stanch_finding_line(f), stanch_finding_column(f),
		stanch_confidence_name(stanch_finding_confidence(f)),
		stanch_severity_name(stanch_finding_severity(f)),
		stanch_finding_decoded(f), stanch_finding_preview(f),
		stanch_finding_fingerprint(f));
	for (size_t i = 0; (reason = stanch_finding_reason(f, i)); i++)
		buf_printf(&g->text, "; %s", reason);
	buf_str(&g->text, "\n");
	buf_append(&g->found, &one, sizeof one);
	return true;
}

struct stanch_scanner *
drive_open(struct got *g, const struct stanch_engine *e,
	enum stanch_comments comments)
{
	struct stanch_scan_options opt = { .size = sizeof opt,
		.show_secrets = true, .comments = comments };
	struct stanch_scanner *s = NULL;

	got_init(g);
	g->result = stanch_scanner_new(&s, e, &opt, on_finding, g, NULL);
	return s;
}

void
drive_scanner(struct got *g, const struct stanch_engine *e, struct span in,
	struct split split)
{
	struct stanch_scanner *s = drive_open(g, e, STANCH_COMMENTS_NONE);
	size_t n;

	if (!s)
		return;
	/* A place that was left half-way leaves nothing behind. */
	if (split.most) {
		stanch_scanner_begin(s, "left.pem");
		stanch_scanner_feed(s, in.ptr + in.len / 3,
			in.len - in.len / 3);
	}
	got_forget(g);
	g->result = stanch_scanner_begin(s, "");
	for (size_t i = 0; i < in.len && g->result == STANCH_OK; i += n) {
		uint8_t *copy;

		/* In memory of its own: nothing may be read beyond. */
		n = split_next(&split, i, in.len - i);
		copy = malloc(n ? n : 1);
		memcpy(copy, in.ptr + i, n);
		g->result = stanch_scanner_feed(s, copy, n);
		free(copy);
	}
	if (g->result == STANCH_OK)
		g->result = stanch_scanner_finish(s);
	stanch_scanner_free(s);
}

/* A filter at work.  Output is taken when the push is over, not before. */
struct run {
	struct got *got;
	struct stanch_filter *filter;
	struct span pieces[PIECES];
	size_t npieces;
};

static void
take_pieces(struct run *r)
{
	for (size_t i = 0; i < r->npieces; i++)
		buf_append(&r->got->out, r->pieces[i].ptr, r->pieces[i].len);
	r->npieces = 0;
}

static bool
on_output(const void *data, size_t len, void *payload)
{
	struct run *r = payload;

	if (r->npieces == PIECES)
		take_pieces(r);
	r->pieces[r->npieces++] = span_of(data, len);
	return true;
}

static bool
on_filter_finding(const struct stanch_finding *f, void *payload)
{
	return on_finding(f, ((struct run *)payload)->got);
}

static enum stanch_result
push(struct run *r, const uint8_t *p, size_t n, enum stanch_pump how)
{
	enum stanch_result result = STANCH_OK;
	size_t room;

	do {
		void *to = stanch_filter_room(r->filter, &room);

		room = n < room ? n : room;
		if (room)
			memcpy(to, p, room);
		p += room;
		n -= room;
		result = stanch_filter_push(r->filter, room,
			n ? STANCH_RUN : how);
		take_pieces(r);
	} while (n && result == STANCH_OK);
	return result;
}

void
drive_filter(struct got *g, const struct stanch_engine *e, struct span in,
	struct split split, const char *tag)
{
	const struct stanch_filter_options way = { .tag = tag };

	drive_filter_way(g, e, in, split, &way);
}

void
drive_filter_way(struct got *g, const struct stanch_engine *e,
	struct span in, struct split split,
	const struct stanch_filter_options *way)
{
	struct run *r = calloc(1, sizeof *r);
	struct stanch_filter_options opt = *way;
	size_t n;

	opt.size = sizeof opt;
	opt.on_output = on_output;
	opt.on_finding = on_filter_finding;
	opt.payload = r;

	got_init(g);
	r->got = g;
	g->result = stanch_filter_new(&r->filter, e, &opt, NULL);
	for (size_t i = 0; i < in.len && g->result == STANCH_OK; i += n) {
		n = split_next(&split, i, in.len - i);
		g->result = push(r, in.ptr + i, n, STANCH_RUN);
	}
	if (g->result == STANCH_OK)
		g->result = push(r, NULL, 0, STANCH_FINISH);
	if (r->filter)
		stanch_filter_get_stats(r->filter, &g->stats);
	stanch_filter_free(r->filter);
	free(r);
}
