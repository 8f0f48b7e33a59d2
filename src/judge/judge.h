/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.h - a confirmed match: keep or drop, and why.  Runs the rule's checks
 * (validators and filters, one table in check.c), entropy, `within` words and
 * allow-lists.  Pure: the same bytes give the same judgement.
 */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "base/re.h"
#include "base/span.h"
#include "finding/finding.h"
#include "rule/rule.h"
#include "rule/watch.h"

enum {
	JUDGE_BEFORE = 256,	/* bytes before the match a check may see */
	JUDGE_LINE = 1024	/* most bytes of a line either side of it */
};

/* What there is to judge. */
struct judge_case {
	const struct stanch_rule *rule;
	struct span secret;	/* inside match */
	struct span match;
	struct span before;	/* the bytes before match, <= JUDGE_BEFORE */
	struct span line;	/* its line(s), clipped to JUDGE_LINE each side;
				   the match alone unless judge_wants_line() */
	const char *place;	/* "" for a stream */
	const struct watch *watch;	/* NULL: nobody asks why */
};

struct judgement {
	const struct stanch_rule *rule;	/* whose it is: of a rule that
					   carries, the service's */
	bool keep;
	enum stanch_confidence confidence;
	enum stanch_severity severity;
	const char *reasons[FINDING_REASONS];	/* static texts */
	size_t nreasons;
};

/* Adds a reason, a static text, unless there are too many. */
void judgement_reason(struct judgement *j, const char *reason);

/*
 * A number that a filter goes by: whether it is at least what is asked.  name
 * says what is counted, and in what.
 */
bool judge_measure(const struct judge_case *c, const char *name, double is,
	double asked);

/* Three-valued: a check that cannot tell says nothing. */
enum check_result { CHECK_NA, CHECK_PASS, CHECK_FAIL };

/*
 * One validator or filter.  It may lower or raise out->severity and add
 * reasons; confidence and keep are set by judge() from the result:
 * PASS and .proves: confidence becomes proven.  FAIL and .drops: the match is
 * dropped.  FAIL without .drops: kept, confidence at most shaped.
 */
typedef enum check_result check_fn(const struct judge_case *c,
	struct judgement *out);

struct check {
	const char *name;	/* as in `validate = [...]` */
	check_fn *fn;
	bool proves, drops;
	const char *pass, *fail;	/* the reasons stated, NULL: none */
};

const struct check *check_find(const char *name);	/* NULL: unknown */
const char *check_name(size_t i);	/* all of them; NULL after the last */

struct judge;		/* compiled allow-lists of a rule set; shared */

/* ERULE: an unknown check, an allow-list regex that does not compile. */
enum stanch_result judge_new(struct judge **out,
	const struct stanch_rules *rules, struct stanch_error *err);
void judge_free(struct judge *j);
/* From here on every match comes with its line. */
void judge_want_lines(struct judge *j);
/* Whether the rule's judgement needs bytes after the match: its line. */
bool judge_wants_line(const struct judge *j, const struct stanch_rule *r);
/* Whether the rule may apply at the place at all (its `path` and the path
   parts of allow-lists); scan asks once a place and rule. */
bool judge_place(const struct judge *j, const struct stanch_rule *r,
	const char *place, struct re_scratch *s);
void judge(const struct judge *j, const struct judge_case *c,
	struct re_scratch *s, struct judgement *out);

/* Shannon entropy in bits a byte; 0 for the empty span.  Linear. */
double judge_entropy(struct span s);

#endif
