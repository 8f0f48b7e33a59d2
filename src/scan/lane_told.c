/* SPDX-License-Identifier: Apache-2.0 */
/* lane_told.c - what a lane tells of its candidates to who asks why. */
#include "scan/feed.h"

#include <string.h>

enum { LITERAL_SHOWN = 32 };	/* bytes of it that a watcher sees */

static void
tell(const struct feed *f, struct stanch_step step, uint32_t rule)
{
	step.rule = rule_at(f->lane, rule);
	watch_tell(&f->lane->watch, step);
}

void
feed_tell_no(const struct feed *f, uint32_t rule, uint64_t start,
	uint64_t end, const char *why)
{
	const struct re_facts *facts;

	if (!watched(&f->lane->watch))
		return;
	facts = &rule_at(f->lane, rule)->facts;
	tell(f, (struct stanch_step){ .kind = STANCH_STEP_CONFIRM,
		.outcome = STANCH_FAILED, .start = start, .end = end,
		.text = why, .asked = facts->width_min,
		.is = least(facts->width, ENGINE_WIDTH_MAX) }, rule);
}

void
feed_tell_once(const struct feed *f, struct candidate *c, const char *why)
{
	char literal[LITERAL_SHOWN + 1] = "";

	if (c->told)
		return;
	c->told = true;
	if (!rule_at(f->lane, c->rule)->given && c->at >= f->base)
		memcpy(literal, bytes(f, c->at, c->at + c->len).ptr,
			c->len < LITERAL_SHOWN ? c->len : LITERAL_SHOWN);
	tell(f, (struct stanch_step){ .kind = STANCH_STEP_CANDIDATE,
		.outcome = why ? STANCH_FAILED : STANCH_PASSED,
		.start = c->at, .end = c->at + c->len, .text = why,
		.preview = literal }, c->rule);
}
