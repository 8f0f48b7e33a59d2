/* SPDX-License-Identifier: Apache-2.0 */
/* finding_public.c - findings as callers of the library see them. */
#include "finding/finding.h"

const struct stanch_rule *
stanch_finding_rule(const struct stanch_finding *f)
{
	return f->rule;
}

const char *
stanch_finding_place(const struct stanch_finding *f)
{
	return f->place;
}

uint64_t
stanch_finding_start(const struct stanch_finding *f)
{
	return f->start;
}

uint64_t
stanch_finding_end(const struct stanch_finding *f)
{
	return f->end;
}

uint64_t
stanch_finding_line(const struct stanch_finding *f)
{
	return f->line;
}

uint64_t
stanch_finding_column(const struct stanch_finding *f)
{
	return f->column;
}

enum stanch_severity
stanch_finding_severity(const struct stanch_finding *f)
{
	return f->severity;
}

enum stanch_confidence
stanch_finding_confidence(const struct stanch_finding *f)
{
	return f->confidence;
}

const char *
stanch_finding_reason(const struct stanch_finding *f, size_t i)
{
	return i < f->nreasons ? f->reasons[i] : NULL;
}

const char *
stanch_finding_decoded(const struct stanch_finding *f)
{
	return f->decoded;
}

const char *
stanch_finding_preview(const struct stanch_finding *f)
{
	return f->preview;
}

const char *
stanch_finding_fingerprint(const struct stanch_finding *f)
{
	return f->fingerprint;
}

const void *
stanch_finding_secret(const struct stanch_finding *f, size_t *len)
{
	*len = f->secret.len;
	return f->secret.len ? f->secret.ptr : NULL;
}

bool
stanch_finding_part(const struct stanch_finding *f, size_t i,
	struct stanch_part *part)
{
	const struct finding_part *p = &f->parts[i < FINDING_PARTS ? i : 0];

	if (i >= f->nparts)
		return false;
	*part = (struct stanch_part){ p->rule, p->start, p->end, p->line,
		p->column, p->preview };
	return true;
}
