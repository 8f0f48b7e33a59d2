/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finding.c - what a finding shows of its secret (preview, fingerprint), and
 * its copies.  Who found it and where it is written down is left to others.
 */
#include "finding/finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"

enum {
	PREFIX_MOST = 12,	/* most bytes of a public prefix shown */
	HEX_DIGITS = 32		/* of a digest that a fingerprint keeps */
};

/* ---- preview ---- */

static uint8_t
fold(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static bool
literal_begins(const struct re_literal *l, struct span s)
{
	if (l->len == 0 || l->len > s.len)
		return false;
	for (uint32_t i = 0; i < l->len; i++) {
		uint8_t c = l->caseless ? fold(s.ptr[i]) : s.ptr[i];
		if (c != (uint8_t)l->bytes[i])
			return false;
	}
	return true;
}

static bool
literal_shows(const struct re_literal *l)
{
	if (l->len > PREFIX_MOST)
		return false;
	for (uint32_t i = 0; i < l->len; i++)
		if (l->bytes[i] <= ' ' || l->bytes[i] > '~')
			return false;
	return true;
}

/*
 * The literal that secrets of the rule begin with.  It is public only when
 * the rule puts it there: the least distance of both from the match's start
 * is the same and the secret never begins before it.  A word that the secret
 * happens to begin with is not.
 */
static struct span
public_prefix(const struct stanch_rule *rule, struct span secret)
{
	const struct re_anchor *a = &rule->facts.anchor;

	if (rule->confidence < STANCH_SHAPED || a->secret_back != 0 ||
		a->before_min != rule->facts.secret_min)
		return span_of(NULL, 0);
	for (size_t i = 0; i < a->nliterals; i++) {
		const struct re_literal *l = &a->literals[i];
		if (literal_begins(l, secret) && literal_shows(l) &&
			l->len <= secret.len / 2)
			return span_of(l->bytes, l->len);
	}
	return span_of(NULL, 0);
}

void
finding_preview(struct stanch_finding *f, struct span secret, uint64_t len)
{
	struct span prefix = f->rule->given ? span_of(NULL, 0) :
		public_prefix(f->rule, secret);

	if (f->rule->block == RULE_BLOCK_PEM &&
		span_starts(secret, "-----BEGIN"))
		prefix = span_str("-----BEGIN");
	snprintf(f->preview, sizeof f->preview,
		"%.*s************ (%" PRIu64 " byte%s)", (int)prefix.len,
		prefix.len ? (const char *)prefix.ptr : "", len,
		len == 1 ? "" : "s");
}

/* ---- fingerprint ---- */

/* Of the label, the rule's id when there is one, and the secret. */
static bool
digest_keyed(const char *label, const char *id, struct span secret,
	struct span key, uint8_t digest[32])
{
	struct buf text;
	bool ok;

	/* Bounded by its parts: labels, a rule id, a secret as it was kept. */
	buf_init(&text, SIZE_MAX);
	ok = buf_append(&text, label, strlen(label) + 1) &&
		(!id || buf_append(&text, id, strlen(id) + 1)) &&
		buf_append(&text, secret.ptr, secret.len);
	if (ok)
		hash_hmac_sha256(key, buf_span(&text), digest);
	buf_free(&text);
	return ok;
}

static bool
digest_plain(const struct stanch_finding *f, uint64_t ordinal,
	uint8_t digest[32])
{
	struct hash_sha256 *h = hash_sha256_new();
	char number[24];

	if (!h)
		return false;
	snprintf(number, sizeof number, "%" PRIu64, ordinal);
	hash_sha256_add(h, f->rule->id, strlen(f->rule->id) + 1);
	hash_sha256_add(h, f->place, strlen(f->place) + 1);
	hash_sha256_add(h, number, strlen(number));
	hash_sha256_end(h, digest);
	return true;
}

bool
finding_fingerprint(struct stanch_finding *f, struct span secret,
	uint64_t ordinal, struct span key)
{
	bool keyed = key.len > 0;
	uint8_t digest[32];
	char hex[2 * sizeof digest + 1];

	f->fingerprint[0] = '\0';
	if (keyed ? !digest_keyed("stanch-fp-1", f->rule->id, secret, key,
		digest) : !digest_plain(f, ordinal, digest))
		return false;
	hash_hex(digest, sizeof digest, hex);
	snprintf(f->fingerprint, sizeof f->fingerprint, "%s:%.*s",
		keyed ? "k1" : "l1", HEX_DIGITS, hex);
	return true;
}

bool
finding_pseudonym(struct stanch_finding *f, struct span canonical,
	struct span key)
{
	uint8_t digest[32];

	f->pseudonym[0] = '\0';
	if (!digest_keyed("stanch-tag-1", NULL, canonical, key, digest))
		return false;
	hash_hex(digest, FINDING_PSEUDONYM / 2, f->pseudonym);
	return true;
}

void
finding_compare_by(struct stanch_finding *f, struct span key,
	struct span secret, uint64_t len)
{
	uint8_t digest[32], all[32 + sizeof len];

	hash_hmac_sha256(key, secret, all);
	memcpy(all + 32, &len, sizeof len);
	hash_hmac_sha256(key, span_of(all, sizeof all), digest);
	memcpy(f->same, digest, sizeof f->same);
	f->comparable = true;
}

/* ---- copies ---- */

/* One block of memory: the finding, its secret, its place. */
static size_t
copy_size(const struct stanch_finding *f)
{
	return sizeof *f + f->secret.len + strlen(f->place) + 1;
}

struct stanch_finding *
finding_copy(const struct stanch_finding *f)
{
	struct stanch_finding *copy = malloc(copy_size(f));
	uint8_t *secret;
	char *place;

	if (!copy)
		return NULL;
	*copy = *f;
	secret = (uint8_t *)(copy + 1);
	place = (char *)secret + f->secret.len;
	if (f->secret.len)
		memcpy(secret, f->secret.ptr, f->secret.len);
	memcpy(place, f->place, strlen(f->place) + 1);
	copy->secret = span_of(f->secret.len ? secret : NULL, f->secret.len);
	copy->place = place;
	return copy;
}

void
finding_free(struct stanch_finding *f)
{
	if (!f)
		return;
	explicit_bzero(f, copy_size(f));
	free(f);
}
