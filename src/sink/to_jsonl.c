/* SPDX-License-Identifier: Apache-2.0 */
/*
 * to_jsonl.c - one JSON object a line, as docs/finding.schema.json has it:
 * findings and gaps as they come, a summary last.  A report without summary
 * is that of a run that did not finish.  The summary states no times, so that
 * the same input gives the same bytes.
 */
#include "base/json_out.h"
#include "sink/sink.h"
#include "sink/when.h"

static void
open_record(struct json_out *j, struct stanch_sink *s, const char *type)
{
	json_out_init(j, &s->out);
	json_out_open(j, NULL, '{');
	json_out_text(j, "type", type);
}

static bool
close_record(struct json_out *j)
{
	json_out_close(j, '}');
	buf_byte(j->to, '\n');
	return !j->to->failed;
}

/* Rule texts may be left out; an empty one says nothing. */
static void
text_if_any(struct json_out *j, const char *key, const char *text)
{
	if (text && text[0])
		json_out_text(j, key, text);
}

static void
position(struct json_out *j, const struct finding_place *p)
{
	json_out_bytes(j, "path", "path_b64", span_str(p->place));
	json_out_number(j, "line", p->line);
	json_out_number(j, "column", p->column);
	json_out_number(j, "start", p->start);
	json_out_number(j, "end", p->end);
}

/* What is known of a git object. */
static void
origin(struct json_out *j, const struct stanch_sink *s, const struct origin *o)
{
	char date[WHEN_DATE];

	if (!o)
		return;
	json_out_open(j, "git", '{');
	json_out_text(j, "object", o->object);
	json_out_bytes(j, "reach", "reach_b64", span_str(o->reach));
	text_if_any(j, "commit", o->commit);
	if (o->author[0])
		json_out_bytes(j, "author", "author_b64",
			span_str(o->author));
	if (o->dated && when_date(date, o->time, o->zone)) {
		json_out_text(j, "date", date);
		json_out_number(j, "age_days", when_days(o->time,
			s->opt.now));
	}
	json_out_boolean(j, "in_head", o->in_head);
	json_out_close(j, '}');
}

static void
places(struct json_out *j, const struct stanch_sink *s,
	const struct stanch_finding *f)
{
	const struct finding_place own = { .place = f->place,
		.start = f->start, .end = f->end, .line = f->line,
		.column = f->column };

	position(j, &own);
	origin(j, s, f->origin);
	if (f->nothers)
		json_out_number(j, "places", f->nothers + 1);
	if (!f->nothers || !s->opt.all_places)
		return;
	json_out_open(j, "other_places", '[');
	for (size_t i = 0; i < f->nothers; i++) {
		json_out_open(j, NULL, '{');
		position(j, &f->others[i]);
		origin(j, s, f->others[i].origin);
		json_out_close(j, '}');
	}
	json_out_close(j, ']');
}

/* What belongs to the secret, in the same place. */
static void
parts_of(struct json_out *j, const struct stanch_finding *f)
{
	if (!f->nparts)
		return;
	json_out_open(j, "parts", '[');
	for (size_t i = 0; i < f->nparts; i++) {
		const struct finding_part *p = &f->parts[i];

		json_out_open(j, NULL, '{');
		json_out_text(j, "rule_id", p->rule->id);
		json_out_number(j, "line", p->line);
		json_out_number(j, "column", p->column);
		json_out_number(j, "start", p->start);
		json_out_number(j, "end", p->end);
		json_out_text(j, "preview", p->preview);
		json_out_close(j, '}');
	}
	json_out_close(j, ']');
}

static bool
finding(struct stanch_sink *s, const struct stanch_finding *f)
{
	const struct stanch_rule *rule = f->rule;
	struct json_out j;

	open_record(&j, s, "finding");
	json_out_text(&j, "rule_id", rule->id);
	text_if_any(&j, "description", rule->description);
	text_if_any(&j, "provider", rule->provider);
	places(&j, s, f);
	if (f->image[0])
		json_out_bytes(&j, "image", "image_b64", span_str(f->image));
	json_out_text(&j, "confidence", stanch_confidence_name(f->confidence));
	json_out_text(&j, "severity", stanch_severity_name(f->severity));
	json_out_open(&j, "reasons", '[');
	for (size_t i = 0; i < f->nreasons; i++)
		json_out_text(&j, NULL, f->reasons[i]);
	json_out_close(&j, ']');
	text_if_any(&j, "decoded", f->decoded);
	json_out_text(&j, "preview", f->preview);
	parts_of(&j, f);
	json_out_text(&j, "fingerprint", f->fingerprint);
	if (s->opt.show_secrets && f->secret.len)
		json_out_bytes(&j, "secret", "secret_b64", f->secret);
	text_if_any(&j, "remediation", rule->remediation);
	return close_record(&j);
}

static bool
gap(struct stanch_sink *s, const struct gap *g)
{
	struct json_out j;

	open_record(&j, s, "gap");
	json_out_bytes(&j, "path", "path_b64", span_str(g->place));
	json_out_text(&j, "reason", stanch_gap_name(g->why));
	json_out_text(&j, "detail", g->detail);
	if (g->bytes != GAP_BYTES_UNKNOWN)
		json_out_number(&j, "bytes", g->bytes);
	return close_record(&j);
}

/* decoded + raw + unread are all bytes. */
static bool
coverage(struct stanch_sink *s, const struct coverage *c)
{
	struct json_out j;

	open_record(&j, s, c->part ? "apart" : "coverage");
	json_out_bytes(&j, "path", "path_b64", span_str(c->place));
	json_out_number(&j, "bytes", c->bytes);
	if (c->part)
		return close_record(&j);
	json_out_number(&j, "decoded", c->decoded);
	json_out_number(&j, "raw", c->raw);
	json_out_number(&j, "unread", c->unread);
	json_out_number(&j, "headers", c->headers);
	json_out_number(&j, "apart", c->apart);
	json_out_number(&j, "members", c->members);
	json_out_number(&j, "hidden", c->hidden);
	json_out_number(&j, "unpacked", c->unpacked);
	json_out_number(&j, "gaps", c->gaps);
	return close_record(&j);
}

static void
counts(struct json_out *j, const struct stanch_tally *t)
{
	json_out_open(j, "by_confidence", '{');
	for (int i = STANCH_PROVEN; i >= STANCH_HEURISTIC; i--)
		json_out_number(j, stanch_confidence_name(i),
			t->by_confidence[i]);
	json_out_close(j, '}');
	json_out_open(j, "by_severity", '{');
	for (int i = STANCH_CRITICAL; i >= STANCH_INFO; i--)
		json_out_number(j, stanch_severity_name(i), t->by_severity[i]);
	json_out_close(j, '}');
	json_out_number(j, "links", t->links);
	json_out_number(j, "repositories", t->repositories);
	json_out_number(j, "not_asked", t->not_asked);
	json_out_number(j, "let_pass", t->let_pass);
	json_out_number(j, "gaps", t->gaps);
	json_out_open(j, "by_gap", '{');
	for (int i = 0; i < STANCH_GAP_COUNT; i++)
		json_out_number(j, stanch_gap_name(i), t->by_gap[i]);
	json_out_close(j, '}');
}

static bool
end(struct stanch_sink *s, const struct stanch_tally *t)
{
	struct json_out j;

	open_record(&j, s, "summary");
	json_out_text(&j, "tool", "stanch");
	json_out_text(&j, "version", STANCH_VERSION);
	json_out_number(&j, "rules", s->about.rules);
	json_out_text(&j, "rules_digest", s->about.rules_digest);
	json_out_boolean(&j, "complete", t->gaps == 0);
	json_out_number(&j, "items", t->items);
	json_out_number(&j, "objects", t->objects);
	json_out_number(&j, "members", t->members);
	json_out_number(&j, "bytes", t->bytes);
	json_out_number(&j, "decoded", t->decoded);
	json_out_number(&j, "findings", t->findings);
	counts(&j, t);
	return close_record(&j);
}

const struct sink_format sink_jsonl = {
	.name = "jsonl", .finding = finding, .gap = gap, .coverage = coverage,
	.end = end,
};
