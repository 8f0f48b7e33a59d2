/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.h - a secret and what belongs to it, found by rules of their own, are
 * one finding: [[rules.with]].  A secret that counts with its parts only, or
 * is weak without them, waits until all that may be one has come; when
 * findings are told, not only masked, so do others and the parts.  All waits
 * end RULE_WITH_MAX bytes further on.
 */
#ifndef SCAN_PAIRS_H
#define SCAN_PAIRS_H

#include "rule/rule_field.h"
#include "scan/rivals.h"

/* What a rule has to do with pairs. */
struct pairs_rule {
	uint32_t with[RULE_WITHS_MAX];	/* indices of its parts' rules ... */
	bool known[RULE_WITHS_MAX];	/* ... where there is one */
	bool part;		/* of another rule's secrets */
	uint32_t reach;		/* the most bytes to the other, either way */
};

struct pairs {
	const struct stanch_rules *set;
	struct pairs_rule *of;		/* by rule; NULL: there are no pairs */
	enum stanch_confidence least;
	bool masks;		/* nobody is told of findings: only what is to
				   be masked matters, and soon */
	struct pairs_part { uint32_t rule; struct finding_part p; } *v;
	size_t n, cap;
	bool unsorted;
};

/* False: out of memory. */
bool pairs_init(struct pairs *ps, const struct stanch_rules *set,
	enum stanch_confidence least, bool masks);
void pairs_free(struct pairs *ps);
void pairs_begin(struct pairs *ps);	/* a new place */

/* Whether the finding, of that confidence, may count because of its parts. */
bool pairs_may_raise(const struct pairs *ps, const struct stanch_finding *f);
/* Whether that, or because it is a part. */
bool pairs_concern(const struct pairs *ps, const struct stanch_finding *f);
/* Whether it counts with its parts only, or for much less without them. */
bool pairs_must_wait(const struct pairs *ps, const struct stanch_finding *f);
/* Notes what may be a part of another finding; false: out of memory. */
bool pairs_note(struct pairs *ps, const struct stanch_finding *f);
/*
 * Decides of the sorted rivals what can be decided when no finding to come
 * begins before `safe`: sets .waits, .weak, .raised, .absorbed and parts, and
 * takes out those that do not count without what they lack.
 */
void pairs_resolve(struct pairs *ps, struct rivals *rs, uint64_t safe);

#endif
