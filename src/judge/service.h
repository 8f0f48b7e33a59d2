/* SPDX-License-Identifier: Apache-2.0 */
/*
 * service.h - values that stand by the name of a service.  A rule with
 * `carries` matches what is given to a key, a token, a secret.  The names of
 * services are looked up in that name and shortly before it, in one sorted
 * table; so hundreds of services cost a scan no more than one rule does.
 */
#ifndef JUDGE_SERVICE_H
#define JUDGE_SERVICE_H

#include "judge/judge.h"
#include "judge/site.h"

enum {
	SERVICE_HITS = 8,	/* services tried for one value */
	SERVICE_LINES = 3	/* lines before it that are looked at */
};

/* A service whose word was met. */
struct service_hit {
	const struct stanch_rule *rule;
	bool named;		/* in the value's own name, not before it */
	size_t from, to;	/* then: where in site.key.text */
};

struct service_hits {
	struct site site;	/* of the value */
	struct service_hit v[SERVICE_HITS];	/* the nearest first */
	size_t n;
};

struct services;

bool services_new(struct services **out, const struct stanch_rules *rules);
void services_free(struct services *s);
/* Linear in the bytes before the value. */
void services_find(struct service_hits *hits, const struct services *s,
	const struct judge_case *c);

/* service_value.c: why the value is none of the i-th hit's service, a static
   text; else NULL.  Dummies and the rule's own checks are left to judge(). */
const char *service_refusal(const struct service_hits *hits, size_t i,
	const struct judge_case *c);

#endif
