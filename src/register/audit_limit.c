/* SPDX-License-Identifier: Apache-2.0 */
/* audit_limit.c - which redactions are written, and which only counted. */
#include "register/audit_limit.h"

#include <string.h>

static size_t
slot_of(unsigned stream, const struct stanch_redaction *r)
{
	uint64_t h = (uint64_t)(uintptr_t)r->rule ^ stream;

	for (const char *p = r->fingerprint; *p; p++)
		h = (h ^ (uint8_t)*p) * 0x100000001b3;
	return (size_t)((h ^ h >> 29) * 0x9e3779b97f4a7c15 >> 32) %
		AUDIT_LIMIT_KINDS;
}

static bool
is_of(const struct audit_kind *k, unsigned stream,
	const struct stanch_redaction *r)
{
	return k->rule == r->rule && k->stream == stream &&
		!strcmp(k->fingerprint, r->fingerprint);
}

/* A full table would be searched in vain: some of it stays free. */
static struct audit_kind *
kind_of(struct audit_limit *l, unsigned stream,
	const struct stanch_redaction *r)
{
	size_t at = slot_of(stream, r);
	struct audit_kind *k = &l->kinds[at];

	for (; k->used; k = &l->kinds[at]) {
		if (is_of(k, stream, r))
			return k;
		at = (at + 1) % AUDIT_LIMIT_KINDS;
	}
	if (l->nkinds >= AUDIT_LIMIT_KINDS / 4 * 3 ||
		strlen(r->fingerprint) >= sizeof k->fingerprint)
		return &l->rest[stream & 1];
	l->nkinds++;
	k->used = true;
	k->rule = r->rule;
	k->stream = stream;
	memcpy(k->fingerprint, r->fingerprint, strlen(r->fingerprint) + 1);
	return k;
}

bool
audit_limit_pass(struct audit_limit *l, unsigned stream,
	const struct stanch_redaction *r)
{
	struct audit_kind *k = kind_of(l, stream, r);

	k->n++;
	if (k->n <= AUDIT_LIMIT_EACH && l->written < AUDIT_LIMIT_ALL) {
		l->written++;
		return true;
	}
	k->stream = stream;
	k->first = k->counted ? k->first : r->at;
	k->last = r->at;
	k->counted++;
	return false;
}

const struct audit_kind *
audit_limit_next(const struct audit_limit *l, size_t *i)
{
	while (*i < AUDIT_LIMIT_KINDS + 2) {
		const struct audit_kind *k = *i < AUDIT_LIMIT_KINDS ?
			&l->kinds[*i] : &l->rest[*i - AUDIT_LIMIT_KINDS];

		(*i)++;
		if (k->counted)
			return k;
	}
	return NULL;
}

void
audit_limit_renew(struct audit_limit *l)
{
	if (l->nkinds || l->rest[0].n || l->rest[1].n)
		memset(l, 0, sizeof *l);
	l->written = 0;
}
