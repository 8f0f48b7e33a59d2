/* SPDX-License-Identifier: Apache-2.0 */
/* same.c - what must hold for every input. */
#include <inttypes.h>

#include "prop.h"
#include "scan/scanner.h"

/* No byte of it is in any input. */
#define TAG "@<%>@"

static bool
same_bytes(struct world *w, const struct buf *a, const struct buf *b,
	const char *what, const char *how)
{
	size_t i = 0;

	if (span_equal(buf_span(a), buf_span(b)))
		return true;
	while (i < a->len && i < b->len && a->ptr[i] == b->ptr[i])
		i++;
	return fails(w, "%s: %zu bytes and %zu (%s), alike up to %zu", what,
		a->len, b->len, how, i);
}

static bool
same_text(struct world *w, struct got *a, struct got *b, const char *how)
{
	if (span_equal(buf_span(&a->text), buf_span(&b->text)))
		return true;
	buf_byte(&a->text, 0);
	buf_byte(&b->text, 0);
	return fails(w, "findings differ (%s):\n%s---\n%s", how,
		(char *)a->text.ptr, (char *)b->text.ptr);
}

static bool
went_well(struct world *w, const struct got *g, const char *how)
{
	return g->result == STANCH_OK || fails(w, "%s (%s)",
		stanch_result_text(g->result), how);
}

static const struct { size_t most; const char *name; } splits[] = {
	{ 1, "a byte at a time" },
	{ 7, "up to 7 bytes at a time" },
	{ 300, "up to 300 bytes at a time" },
	{ 70000, "up to 70000 bytes at a time" },
};

bool
scanner_does_not_see_pieces(struct world *w, struct span in, uint64_t seed)
{
	struct got whole, pieces;
	bool ok;

	drive_scanner(&whole, w->engine, in, split_whole());
	ok = went_well(w, &whole, "whole");
	for (size_t i = 0; ok && i < sizeof splits / sizeof *splits; i++) {
		drive_scanner(&pieces, w->engine, in,
			split_random(splits[i].most, seed + i));
		ok = went_well(w, &pieces, splits[i].name) &&
			same_text(w, &whole, &pieces, splits[i].name) &&
			same_bytes(w, &whole.secrets, &pieces.secrets,
				"secrets differ", splits[i].name);
		got_free(&pieces);
	}
	got_free(&whole);
	return ok;
}

bool
filter_does_not_see_pieces(struct world *w, struct span in, uint64_t seed)
{
	struct got whole, pieces;
	bool ok;

	drive_filter(&whole, w->engine, in, split_whole(), NULL);
	ok = went_well(w, &whole, "whole");
	for (size_t i = 0; ok && i < sizeof splits / sizeof *splits; i++) {
		drive_filter(&pieces, w->engine, in,
			split_random(splits[i].most, seed + i), NULL);
		ok = went_well(w, &pieces, splits[i].name) &&
			same_bytes(w, &whole.out, &pieces.out,
				"output differs", splits[i].name) &&
			same_text(w, &whole, &pieces, splits[i].name);
		got_free(&pieces);
	}
	got_free(&whole);
	return ok;
}

bool
scan_and_filter_find_the_same(struct world *w, struct span in, uint64_t seed)
{
	struct got scan, filter;
	bool ok;

	drive_scanner(&scan, w->engine, in, split_random(5000, seed));
	drive_filter(&filter, w->engine, in, split_random(5000, seed + 1),
		NULL);
	ok = went_well(w, &scan, "scanner") &&
		went_well(w, &filter, "filter") &&
		same_text(w, &scan, &filter, "scanner and filter");
	got_free(&scan);
	got_free(&filter);
	return ok;
}

/* ---- what must come out, worked out another way ---- */

struct masked {
	struct world *world;
	struct span in;
	struct buf *out;
	uint64_t at;	/* all before it is in out */
	bool ok;
};

static enum stanch_result
on_cover(const struct scan_cover *c, void *payload)
{
	struct masked *m = payload;
	size_t each = c->wide ? 2 : 1;

	if (c->start < m->at || c->end > m->in.len || c->end <= c->start)
		m->ok = fails(m->world, "cover [%" PRIu64 ", %" PRIu64
			") after %" PRIu64 " of %zu", c->start, c->end,
			m->at, m->in.len);
	else if (c->finding->start < c->start || c->finding->end > c->end)
		m->ok = fails(m->world, "[%" PRIu64 ", %" PRIu64 ") does not "
			"cover %s [%" PRIu64 ", %" PRIu64 ")", c->start,
			c->end, stanch_rule_id(c->finding->rule),
			c->finding->start, c->finding->end);
	if (!m->ok)
		return STANCH_ESTOP;
	buf_append(m->out, m->in.ptr + m->at, (size_t)(c->start - m->at));
	for (size_t i = 0; i < each * strlen(TAG); i++)
		buf_byte(m->out, i % each != (c->wide == 2) && each == 2 ? 0 :
			(uint8_t)TAG[i / each]);
	m->at = c->end;
	return STANCH_OK;
}

/* The input with its covers replaced: the scanner's word, no filter. */
static bool
replace_covers(struct world *w, struct span in, struct buf *out)
{
	struct stanch_scan_options opt = { .size = sizeof opt };
	struct masked m = { w, in, out, 0, true };
	struct scanner *s;

	if (scanner_new(&s, w->engine, &opt, false, on_cover, &m, NULL))
		return fails(w, "scanner_new");
	if (scanner_push(s, in, 0, true) != STANCH_OK && m.ok)
		m.ok = fails(w, "scanner_push");
	if (m.ok)
		buf_append(out, in.ptr + m.at, in.len - (size_t)m.at);
	scanner_free(s);
	return m.ok;
}

bool
all_but_covers_comes_out(struct world *w, struct span in, uint64_t seed)
{
	struct buf want;
	struct got g;
	bool ok;

	buf_init(&want, 1 << 24);
	drive_filter(&g, w->engine, in, split_random(900, seed), TAG);
	ok = went_well(w, &g, "filter") && replace_covers(w, in, &want) &&
		same_bytes(w, &want, &g.out, "not input with tags",
			"wanted, got");
	if (ok && g.stats.bytes_in != in.len)
		ok = fails(w, "%" PRIu64 " bytes in, %zu given",
			g.stats.bytes_in, in.len);
	if (ok && g.stats.bytes_out != g.out.len)
		ok = fails(w, "%" PRIu64 " bytes out, %zu came",
			g.stats.bytes_out, g.out.len);
	if (ok && g.stats.findings != got_count(&g))
		ok = fails(w, "counts %" PRIu64 " findings of %zu",
			g.stats.findings, got_count(&g));
	got_free(&g);
	buf_free(&want);
	return ok;
}

/* How often the needle stands in the bytes, overlaps counted. */
static size_t
count(struct span in, struct span needle)
{
	const uint8_t *p;
	size_t n = 0;

	while (in.len && (p = memmem(in.ptr, in.len, needle.ptr,
		needle.len))) {
		in = span_skip(in, (size_t)(p + 1 - in.ptr));
		n++;
	}
	return n;
}

/*
 * A secret may stand in the input a second time where no rule finds it, and
 * so come out there.  But the one that was found is gone, and no tag may make
 * one anew.
 */
bool
no_secret_comes_out(struct world *w, struct span in, uint64_t seed)
{
	struct got g;
	bool ok;

	drive_filter(&g, w->engine, in, split_random(3000, seed), TAG);
	ok = went_well(w, &g, "filter");
	for (size_t i = 0; ok && i < got_count(&g); i++) {
		const struct found *f = got_at(&g, i);
		struct span secret = span_of(in.ptr + f->start,
			(size_t)(f->end - f->start));

		if (count(buf_span(&g.out), secret) >= count(in, secret))
			ok = fails(w, "%s [%" PRIu64 ", %" PRIu64 ") comes "
				"out", stanch_rule_id(f->rule), f->start,
				f->end);
	}
	got_free(&g);
	return ok;
}

bool
filtering_again_changes_nothing(struct world *w, struct span in,
	uint64_t seed)
{
	struct got once, twice;
	bool ok;

	drive_filter(&once, w->engine, in, split_whole(), NULL);
	drive_filter(&twice, w->engine, buf_span(&once.out), split_whole(),
		NULL);
	ok = went_well(w, &once, "once") && went_well(w, &twice, "twice") &&
		(span_equal(buf_span(&once.out), buf_span(&twice.out)) ||
		same_text(w, &once, &twice, "once and twice"));
	(void)seed;
	got_free(&once);
	got_free(&twice);
	return ok;
}

bool
little_is_held(struct world *w, struct span in, uint64_t seed)
{
	struct got g;
	bool ok;

	drive_filter(&g, w->engine, in, split_random(200, seed), NULL);
	ok = went_well(w, &g, "filter");
	if (ok && g.stats.held_most > 64 * 1024)
		ok = fails(w, "%" PRIu64 " bytes were held back",
			g.stats.held_most);
	if (ok && g.stats.held)
		ok = fails(w, "%" PRIu64 " bytes are held at the end",
			g.stats.held);
	got_free(&g);
	return ok;
}
