/* SPDX-License-Identifier: Apache-2.0 */
/*
 * to_text.c - a report for people: a block a finding, then what was not
 * scanned, then a sentence that says what was.  Nothing that comes from
 * outside (paths, rule texts, secrets) reaches the terminal unescaped.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/path.h"
#include "sink/sink.h"
#include "sink/when.h"
#include "sink/words.h"

enum { GAPS_TEXT = 16 * 1024 * 1024 };	/* bytes of listed gaps kept */

struct text {
	const struct stanch_rule **told;	/* whose remedy was shown */
	size_t ntold, cap;
	struct buf gaps;	/* lines, kept for the end */
	uint64_t listed;
};

static const char *const severity_colour[] = {
	[STANCH_INFO] = "2", [STANCH_LOW] = "36", [STANCH_MEDIUM] = "33",
	[STANCH_HIGH] = "31", [STANCH_CRITICAL] = "1;31",
};

static const char *const severity_label[] = {
	[STANCH_INFO] = "INFO", [STANCH_LOW] = "LOW",
	[STANCH_MEDIUM] = "MEDIUM", [STANCH_HIGH] = "HIGH",
	[STANCH_CRITICAL] = "CRITICAL",
};

static void
paint(struct stanch_sink *s, const char *colour, const char *text)
{
	if (s->opt.colour)
		buf_printf(&s->out, "\x1b[%sm", colour);
	path_show(&s->out, span_str(text));
	if (s->opt.colour)
		buf_str(&s->out, "\x1b[0m");
}

static void
show(struct stanch_sink *s, const char *before, const char *text)
{
	if (!text || !text[0])
		return;
	buf_str(&s->out, before);
	path_show(&s->out, span_str(text));
}

/* A line of progress may stand where the report goes on. */
static void
fresh_line(struct stanch_sink *s)
{
	if (s->opt.colour)
		buf_str(&s->out, "\x1b[K");
}

static bool
first_time(struct text *t, const struct stanch_rule *rule)
{
	const struct stanch_rule **p;

	for (size_t i = 0; i < t->ntold; i++)
		if (t->told[i] == rule)
			return false;
	if (t->ntold == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 16;
		p = reallocarray(t->told, cap, sizeof *p);
		if (!p)
			return true;	/* better told twice than never */
		t->told = p;
		t->cap = cap;
	}
	t->told[t->ntold++] = rule;
	return true;
}

/* "branch main, in HEAD; first in commit 0123456789ab, 2026-01-02, 40 days
   ago" */
static void
origin(struct stanch_sink *s, const struct origin *o)
{
	struct buf *out = &s->out;
	char date[WHEN_DATE];

	path_show(out, span_str(o->reach));
	if (o->in_head)
		buf_str(out, ", still in HEAD");
	if (o->commit[0])
		buf_printf(out, "; first in commit %.12s", o->commit);
	if (o->dated && when_date(date, o->time, o->zone)) {
		buf_printf(out, ", %.*s, ", WHEN_DAY, date);
		words_count(out, when_days(o->time, s->opt.now), "day");
		buf_str(out, " ago");
	}
	show(s, ", by ", o->author);
}

static void
position(struct stanch_sink *s, const char *place, uint64_t line,
	uint64_t column)
{
	path_show(&s->out, span_str(place));
	buf_printf(&s->out, ":%llu:%llu", (unsigned long long)line,
		(unsigned long long)column);
}

static void
other(struct stanch_sink *s, const struct finding_place *p)
{
	buf_str(&s->out, "\n  also: ");
	position(s, p->place, p->line, p->column);
	if (p->origin) {
		buf_str(&s->out, "\n        ");
		origin(s, p->origin);
	}
}

/* What belongs to the secret. */
static void
parts_of(struct stanch_sink *s, const struct stanch_finding *f)
{
	for (size_t i = 0; i < f->nparts; i++) {
		show(s, "\n  with ", f->parts[i].rule->id);
		buf_str(&s->out, ": ");
		position(s, f->place, f->parts[i].line, f->parts[i].column);
		buf_printf(&s->out, "  %s", f->parts[i].preview);
	}
}

/* All of them, or a file that is there now, and the number of the rest. */
static void
others(struct stanch_sink *s, const struct stanch_finding *f)
{
	size_t left = f->nothers;
	bool file = !f->origin;

	for (size_t i = 0; i < f->nothers; i++) {
		if (!s->opt.all_places && (file || f->others[i].origin))
			continue;
		other(s, &f->others[i]);
		file |= !f->others[i].origin;
		left--;
	}
	if (!left)
		return;
	buf_str(&s->out, "\n  and ");
	words_count(&s->out, left, left < f->nothers ? "more place" :
		"other place");
	buf_str(&s->out, " (--all-places lists them)");
}

static bool
finding(struct stanch_sink *s, const struct stanch_finding *f)
{
	struct buf *out = &s->out;

	fresh_line(s);
	paint(s, severity_colour[f->severity], severity_label[f->severity]);
	buf_byte(out, ' ');
	paint(s, "1", f->rule->id);
	show(s, ": ", f->rule->description);
	buf_str(out, "\n  ");
	position(s, f->place, f->line, f->column);
	buf_printf(out, "  %s", f->preview);
	if (f->decoded[0])
		buf_printf(out, ", %s", f->decoded);
	if (f->origin) {
		buf_str(out, "\n  ");
		origin(s, f->origin);
	}
	show(s, "\n  ", f->image);
	buf_printf(out, "\n  %s", stanch_confidence_name(f->confidence));
	for (size_t i = 0; i < f->nreasons; i++)
		show(s, i ? "; " : ": ", f->reasons[i]);
	if (s->opt.show_secrets && f->secret.len) {
		buf_str(out, "\n  secret: ");
		path_show(out, f->secret);
	}
	parts_of(s, f);
	others(s, f);
	if (first_time(s->own, f->rule))
		show(s, "\n  to do: ", f->rule->remediation);
	buf_str(out, "\n\n");
	return !out->failed;
}

static bool
gap(struct stanch_sink *s, const struct gap *g)
{
	struct text *t = s->own;
	size_t before = t->gaps.len;

	if (t->gaps.max == 0)
		buf_init(&t->gaps, GAPS_TEXT);
	if (t->listed == s->opt.gaps_listed || t->gaps.failed)
		return true;
	buf_str(&t->gaps, "  ");
	path_show(&t->gaps, span_str(g->place));
	buf_printf(&t->gaps, ": %s: %s", stanch_gap_name(g->why), g->detail);
	if (g->bytes != GAP_BYTES_UNKNOWN) {
		buf_str(&t->gaps, " (");
		words_bytes(&t->gaps, g->bytes);
		buf_byte(&t->gaps, ')');
	}
	buf_byte(&t->gaps, '\n');
	if (t->gaps.failed)
		t->gaps.len = before;	/* counts as one of those not listed */
	else
		t->listed++;
	return true;
}

static void
sum_of(struct buf *out, uint64_t n, const char *what)
{
	if (n)
		buf_printf(out, "; %" PRIu64 " %s%s", n, what,
			n == 1 ? "" : "s");
}

/* "x.zip: 912 bytes = 600 decoded + 312 raw (300 headers) + 0 unread" */
static bool
coverage(struct stanch_sink *s, const struct coverage *c)
{
	struct buf *out = &s->out;

	fresh_line(s);
	path_show(out, span_str(c->place));
	buf_printf(out, ": %" PRIu64 " bytes", c->bytes);
	if (c->part) {
		buf_str(out, " that belong to no member\n");
		return !out->failed;
	}
	buf_printf(out, " = %" PRIu64 " decoded + %" PRIu64 " raw", c->decoded,
		c->raw);
	if (c->headers)
		buf_printf(out, " (%" PRIu64 " headers)", c->headers);
	buf_printf(out, " + %" PRIu64 " unread", c->unread);
	sum_of(out, c->members, "member");
	if (c->hidden)
		buf_printf(out, ", %" PRIu64 " of them not in its directory",
			c->hidden);
	sum_of(out, c->unpacked, "unpacked byte");
	sum_of(out, c->gaps, "gap");
	buf_byte(out, '\n');
	return !out->failed;
}

static void
list_gaps(struct stanch_sink *s, uint64_t all)
{
	const struct text *t = s->own;

	if (t->listed == 0)
		return;
	buf_str(&s->out, "Not scanned:\n");
	buf_append(&s->out, t->gaps.ptr, t->gaps.len);
	if (all > t->listed) {
		buf_str(&s->out, "  and ");
		words_count(&s->out, all - t->listed, "more gap");
		buf_byte(&s->out, '\n');
	}
	buf_byte(&s->out, '\n');
}

/* "(1 proven, 2 contextual)", ": 1 unreadable, 1 special" */
struct part {
	const char *open, *close;
	const uint64_t *counts;
	int n;
	const char *(*name)(int i);
};

static const char *
confidence_name(int i)
{
	return stanch_confidence_name((enum stanch_confidence)i);
}

static const char *
gap_name(int i)
{
	return stanch_gap_name((enum stanch_gap)i);
}

static void
parts(struct buf *out, const struct part *p)
{
	const char *before = p->open;

	for (int i = p->n; i-- > 0; ) {
		if (!p->counts[i])
			continue;
		buf_printf(out, "%s%llu %s", before,
			(unsigned long long)p->counts[i], p->name(i));
		before = ", ";
	}
	buf_str(out, p->close);
}

static bool
end(struct stanch_sink *s, const struct stanch_tally *t)
{
	struct buf *out = &s->out;

	if (s->opt.news_only && !t->findings && !t->gaps)
		return true;
	fresh_line(s);
	list_gaps(s, t->gaps);
	buf_str(out, "Scanned ");
	words_count(out, t->items, "file");
	if (t->members) {
		buf_str(out, t->objects ? ", " : " and ");
		words_count(out, t->members, "member");
		buf_str(out, " of archives");
	}
	if (t->objects) {
		buf_str(out, " and ");
		words_count(out, t->objects, "git object");
	}
	buf_str(out, ", ");
	words_bytes(out, t->bytes);
	buf_printf(out, " in %.1f s: ", t->seconds);
	if (t->findings == 0) {
		buf_str(out, "no secrets.");
	} else {
		words_count(out, t->findings, "secret");
		parts(out, &(struct part){ " (", ").", t->by_confidence, 4,
			confidence_name });
	}
	if (t->gaps) {
		buf_byte(out, ' ');
		words_count(out, t->gaps, "gap");
		parts(out, &(struct part){ ": ", ".", t->by_gap,
			STANCH_GAP_COUNT, gap_name });
	}
	if (t->let_pass) {
		buf_byte(out, ' ');
		words_count(out, t->let_pass, "secret");
		buf_str(out, " let pass by comments.");
	}
	if (t->not_asked) {
		buf_str(out, " The history of ");
		buf_str(out, t->not_asked == 1 ? "a repository" :
			"repositories");
		buf_str(out, " was not asked for.");
	}
	if (t->links) {
		buf_byte(out, ' ');
		words_count(out, t->links, "symbolic link");
		buf_str(out, " not followed.");
	}
	buf_byte(out, '\n');
	return !out->failed;
}

static void
own_free(void *own)
{
	struct text *t = own;

	free(t->told);
	buf_free(&t->gaps);
}

const struct sink_format sink_text = {
	.name = "text", .own = sizeof(struct text), .finding = finding,
	.gap = gap, .coverage = coverage, .end = end, .own_free = own_free,
};
