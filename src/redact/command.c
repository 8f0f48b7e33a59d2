/* SPDX-License-Identifier: Apache-2.0 */
/*
 * command.c - what becomes of a command in band: its place is masked whatever
 * its value is, and the value is looked for from its end on, as one given on
 * the side would be.  What a command is, is in_band.c's to say.
 */
#include <stdio.h>

#include "known/known.h"
#include "known/value.h"
#include "redact/filter_private.h"
#include "scan/pseudonym.h"

/* Of a place whose value is not looked for. */
static const struct stanch_rule refused = {
	.id = "known:in-band", .description = "A value that a command named",
	.provider = "", .category = "known-value", .weak_anchor = "",
	.unbounded = "", .remediation = "", .file = "",
	.impact = STANCH_HIGH, .confidence = STANCH_PROVEN
};

static const struct stanch_rule *
rule_of_value(const struct stanch_values *values, struct span core)
{
	size_t n = stanch_values_count(values);

	for (uint32_t i = 0; i < n; i++)
		if (span_equal(known_bytes(values, i), core))
			return known_rule(values, i);
	return NULL;
}

/* *c: what becomes of it.  The rule of the value, or NULL. */
static const struct stanch_rule *
add(struct stanch_filter *f, const struct in_band_piece *piece,
	struct stanch_command *c, enum stanch_result *r)
{
	size_t n = stanch_values_count(f->values);
	struct stanch_error err;

	c->use = STANCH_VALUE_REFUSED;
	if (piece->too_long)
		c->why = "is longer than 16 KiB";
	else if (f->in_band.taken == IN_BAND_MOST ||
		n == STANCH_VALUES_MOST)
		c->why = "is one too many";
	else
		*r = stanch_values_add(f->values, c->name, piece->value.ptr,
			piece->value.len, &c->use, &c->why, &err);
	if (*r != STANCH_OK || c->use == STANCH_VALUE_REFUSED)
		return NULL;
	f->in_band.taken++;
	return stanch_values_rule(f->values, n);
}

/* What findings of the value refer to; *r: why the filter cannot go on. */
static const struct stanch_rule *
learn(struct stanch_filter *f, const struct in_band_piece *piece,
	enum stanch_result *r)
{
	struct span core = value_core(piece->value);
	const struct stanch_rule *rule = piece->too_long ? NULL :
		rule_of_value(f->values, core);
	char name[96];
	struct stanch_command c = { .name = name, .start = piece->start,
		.end = piece->end, .why = "" };

	if (rule)
		return rule;
	snprintf(name, sizeof name, "%s.%zu", piece->name,
		f->in_band.taken + 1);
	rule = add(f, piece, &c, r);
	f->stats.commands_refused += !rule;
	if (*r == STANCH_OK && f->on_command &&
		!f->on_command(&c, f->payload))
		*r = STANCH_ESTOP;
	return rule;
}

/* The digests that its tag, and what is told of it, may ask for. */
static bool
sign(const struct stanch_filter *f, struct span core, struct cover *c)
{
	struct stanch_finding one = { .rule = c->rule };

	if (!f->key.ptr)
		return true;
	if (!pseudonym_set(&one, core, f->key) ||
		!finding_fingerprint(&one, core, 0, f->key))
		return false;
	memcpy(c->hash, one.pseudonym, sizeof c->hash);
	memcpy(c->fingerprint, one.fingerprint, sizeof c->fingerprint);
	return true;
}

enum stanch_result
command_take(struct stanch_filter *f, const struct in_band_piece *piece)
{
	struct cover c = { .start = piece->start, .end = piece->end };
	enum stanch_result r = STANCH_OK;

	if (piece->whole && (c.start < c.end || piece->too_long)) {
		f->stats.commands++;
		c.rule = learn(f, piece, &r);
	}
	if (r != STANCH_OK || c.start == c.end)
		return r;
	if (!c.rule)
		c.rule = &refused;
	return sign(f, value_core(piece->value), &c) &&
		covers_put(&f->commands, &c) ? STANCH_OK : STANCH_ENOMEM;
}

/* All of it belongs to a secret that goes on. */
static bool
is_inside_open(const struct stanch_filter *f, const struct cover *c)
{
	return f->is_open && c->start >= f->open.start;
}

bool
command_settle(struct stanch_filter *f, uint64_t *decided)
{
	struct covers *cs = &f->commands;
	uint64_t hold = in_band_hold(&f->in_band);
	const struct cover *c;

	for (; cs->next < cs->n; cs->next++) {
		c = &cs->v[cs->next];
		if (c->end > *decided) {
			hold = c->start;
			break;
		}
		if (!is_inside_open(f, c) && !covers_put(&f->covers, c))
			return false;
	}
	*decided = *decided < hold ? *decided : hold;
	return true;
}
