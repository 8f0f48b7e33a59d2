/* SPDX-License-Identifier: Apache-2.0 */
/*
 * steps_show.c - kept steps as text, a paragraph a candidate, and as JSON, an
 * object a step.  Nothing that comes from outside reaches the terminal
 * unescaped.
 */
#include <string.h>

#include "base/json_out.h"
#include "base/path.h"
#include "cli/steps.h"

static const char *const outcomes[] = {
	[STANCH_PASSED] = "passed", [STANCH_FAILED] = "failed",
	[STANCH_CANNOT_TELL] = "cannot tell",
};

static void
show(struct buf *out, const char *before, const char *text)
{
	if (!text[0])
		return;
	buf_str(out, before);
	path_show(out, span_str(text));
}

static void
position(struct buf *out, const struct step *s)
{
	if (s->line)
		buf_printf(out, "%llu:%llu", (unsigned long long)s->line,
			(unsigned long long)s->column);
	else
		buf_printf(out, "byte %llu", (unsigned long long)s->s.start);
}

static void
label(struct buf *out, const char *name)
{
	buf_printf(out, "  %-10s ", name);
}

/* ---- a step ---- */

static void
candidate(struct buf *out, const struct step *s)
{
	const char *sep = s->preview[0] ? "\"" : "";

	buf_printf(out, "\n%s: its literal %s", stanch_rule_id(s->s.rule), sep);
	path_show(out, span_str(s->preview));
	buf_printf(out, "%s stands at ", sep);
	position(out, s);
	show(out, ", decoded: ", s->decoded);
	show(out, ", but ", s->s.text);
	buf_byte(out, '\n');
}

static void
confirm(struct buf *out, const struct step *s)
{
	label(out, "expression");
	if (s->s.outcome == STANCH_FAILED) {
		show(out, "no: ", s->s.text);
		buf_printf(out, "; a match has %.0f to %.0f bytes",
			s->s.asked, s->s.is);
		return;
	}
	buf_str(out, s->s.outcome == STANCH_PASSED ?
		"matches; the secret is at " :
		"cannot tell (a limit was hit); taken for a secret at ");
	position(out, s);
	show(out, ", ", s->preview);
}

static void
within(struct buf *out, const struct step *s)
{
	label(out, "within");
	if (s->s.outcome == STANCH_FAILED)
		buf_str(out, "no: none of its words stands before it");
	else
		show(out, "a word that it needs stands before it: ",
			s->s.name);
}

static void
check(struct buf *out, const struct step *s)
{
	label(out, "check");
	buf_printf(out, "%s: %s", s->s.name, outcomes[s->s.outcome]);
	show(out, ": ", s->s.text);
}

static void
measure(struct buf *out, const struct step *s)
{
	label(out, "measure");
	buf_printf(out, "%s: %.2f, %s %.2f", s->s.name, s->s.is,
		s->s.outcome == STANCH_PASSED ? "at least" : "less than",
		s->s.asked);
}

static void
allow(struct buf *out, const struct step *s)
{
	label(out, "allow");
	buf_str(out, s->s.text);
	show(out, ": ", s->s.name);
}

static void
sureness(struct buf *out, const struct step *s)
{
	buf_printf(out, "%s, %s", stanch_confidence_name(s->s.confidence),
		stanch_severity_name(s->s.severity));
}

static void
judged(struct buf *out, const struct step *s)
{
	label(out, "judged");
	buf_str(out, s->s.outcome == STANCH_PASSED ? "kept as " :
		"dropped: ");
	if (s->s.outcome == STANCH_PASSED)
		sureness(out, s);
	else
		path_show(out, span_str(s->s.text));
}

static void
least(struct buf *out, const struct step *s)
{
	label(out, "confidence");
	buf_printf(out, "%s: less than what is asked for",
		stanch_confidence_name(s->s.confidence));
}

static void
rival(struct buf *out, const struct step *s)
{
	buf_printf(out, "\n%s at ", stanch_rule_id(s->s.rule));
	position(out, s);
	buf_str(out, " loses");
	if (s->s.other)
		buf_printf(out, " to %s", stanch_rule_id(s->s.other));
	show(out, ": ", s->s.text);
}

static void
cover(struct buf *out, const struct step *s)
{
	unsigned long long n = s->s.end - s->s.start;

	if (s->s.outcome == STANCH_PASSED) {
		buf_printf(out, "\nscan    reports %s at ",
			stanch_rule_id(s->s.rule));
		position(out, s);
		buf_str(out, " (");
		sureness(out, s);
		buf_byte(out, ')');
	} else {
		buf_str(out, "\nscan    does not report this: ");
		path_show(out, span_str(s->s.text[0] ? s->s.text :
			"it is no key, or let pass"));
	}
	buf_printf(out, "\nredact  masks %llu byte%s from ", n,
		n == 1 ? "" : "s");
	position(out, s);
	buf_str(out, " on");
}

static void (*const shows[])(struct buf *out, const struct step *s) = {
	[STANCH_STEP_CANDIDATE] = candidate, [STANCH_STEP_CONFIRM] = confirm,
	[STANCH_STEP_WITHIN] = within, [STANCH_STEP_CHECK] = check,
	[STANCH_STEP_MEASURE] = measure, [STANCH_STEP_ALLOW] = allow,
	[STANCH_STEP_JUDGED] = judged, [STANCH_STEP_LEAST] = least,
	[STANCH_STEP_RIVAL] = rival, [STANCH_STEP_COVER] = cover,
};

static void
secret(const struct steps *st, struct buf *out, const struct step *s)
{
	if (!s->s.secret_len)
		return;
	label(out, "secret");
	path_show(out, span_of(st->secrets.ptr + s->secret_at,
		s->s.secret_len));
	buf_byte(out, '\n');
}

/* ---- all of them ---- */

/* Where there is nothing: what comes nearest. */
static void
nearest(const struct steps *st, struct buf *out)
{
	static const char *const sides[] = { "before", "behind" };

	buf_str(out, "\nNo literal of any rule stands here: no rule looks at "
		"it.\n");
	for (int i = 0; i < 2; i++) {
		if (!st->near[i].s.rule)
			continue;
		buf_printf(out, "The nearest %s it: %s, ", sides[i],
			stanch_rule_id(st->near[i].s.rule));
		show(out, "its literal ", st->near[i].preview);
		buf_str(out, " at ");
		position(out, &st->near[i]);
		buf_byte(out, '\n');
	}
}

/* A match that another rule's candidate stood between is headed again. */
static void
heading(struct buf *out, const struct step *s, const struct step *before)
{
	if (s->s.kind != STANCH_STEP_CANDIDATE &&
		s->s.kind < STANCH_STEP_RIVAL && (!before ||
		before->s.rule != s->s.rule ||
		before->s.kind >= STANCH_STEP_RIVAL))
		buf_printf(out, "\n%s: its literal stands elsewhere\n",
			stanch_rule_id(s->s.rule));
}

void
steps_text(const struct steps *st, struct buf *out, const char *place)
{
	bool cover = false;

	path_show(out, span_str(place));
	if (st->line)
		buf_printf(out, ":%llu", (unsigned long long)st->line);
	if (st->column)
		buf_printf(out, ":%llu", (unsigned long long)st->column);
	buf_byte(out, '\n');
	for (size_t i = 0; i < st->n; i++) {
		const struct step *s = &st->v[i];

		heading(out, s, i ? s - 1 : NULL);
		shows[s->s.kind](out, s);
		if (s->s.kind != STANCH_STEP_CANDIDATE)
			buf_byte(out, '\n');
		secret(st, out, s);
		cover |= s->s.kind == STANCH_STEP_COVER;
	}
	if (!st->n)
		nearest(st, out);
	if (st->more)
		buf_printf(out, "\nand %llu steps more, which are not shown\n",
			(unsigned long long)st->more);
	if (!cover)
		buf_str(out, "\nscan    reports nothing here\n"
			"redact  masks nothing here\n");
}

/* ---- JSON ---- */

static void
text_if_any(struct json_out *j, const char *key, const char *text)
{
	if (text[0])
		json_out_text(j, key, text);
}

static void
numbers(struct json_out *j, const struct step *s)
{
	if (s->s.kind == STANCH_STEP_MEASURE) {
		json_out_hundredths(j, "is", s->s.is);
		json_out_hundredths(j, "asked", s->s.asked);
	}
	if (s->s.kind >= STANCH_STEP_LEAST ||
		(s->s.kind == STANCH_STEP_JUDGED && !s->s.outcome)) {
		json_out_text(j, "confidence",
			stanch_confidence_name(s->s.confidence));
		json_out_text(j, "severity",
			stanch_severity_name(s->s.severity));
	}
}

void
steps_json(const struct steps *st, struct buf *out, const char *place)
{
	for (size_t i = 0; i < st->n; i++) {
		const struct step *s = &st->v[i];
		struct json_out j;

		json_out_init(&j, out);
		json_out_open(&j, NULL, '{');
		json_out_text(&j, "step", stanch_step_name(s->s.kind));
		json_out_text(&j, "outcome", outcomes[s->s.outcome]);
		json_out_text(&j, "rule_id", stanch_rule_id(s->s.rule));
		json_out_bytes(&j, "path", "path_b64", span_str(place));
		if (s->line) {
			json_out_number(&j, "line", s->line);
			json_out_number(&j, "column", s->column);
		}
		json_out_number(&j, "start", s->s.start);
		json_out_number(&j, "end", s->s.end);
		text_if_any(&j, "name", s->s.name);
		text_if_any(&j, "text", s->s.text);
		text_if_any(&j, "preview", s->preview);
		text_if_any(&j, "decoded", s->decoded);
		numbers(&j, s);
		if (s->s.other)
			json_out_text(&j, "other",
				stanch_rule_id(s->s.other));
		if (s->s.secret_len)
			json_out_bytes(&j, "secret", "secret_b64", span_of(
				st->secrets.ptr + s->secret_at,
				s->s.secret_len));
		json_out_close(&j, '}');
		buf_byte(out, '\n');
	}
}
