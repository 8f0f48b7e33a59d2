/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_digest.c - the identity of what a set finds.  Each value is hashed
 * with its length before it, numbers as 8 big-endian bytes, so that no two
 * sets give the same bytes.
 */
#include "base/error.h"
#include "base/hash.h"
#include "rule/rule_field.h"
#include "rule/rule_set.h"

static void
add_number(struct hash_sha256 *h, uint64_t v)
{
	uint8_t bytes[8];
	int i;

	for (i = 7; i >= 0; i--, v >>= 8)
		bytes[i] = (uint8_t)v;
	hash_sha256_add(h, bytes, sizeof bytes);
}

static void
add_bytes(struct hash_sha256 *h, const void *p, size_t n)
{
	add_number(h, n);
	hash_sha256_add(h, p, n);
}

static void
add_text(struct hash_sha256 *h, const char *s)
{
	add_number(h, s != NULL);
	if (s)
		add_bytes(h, s, strlen(s));
}

static void
add_list(struct hash_sha256 *h, const struct strlist *list)
{
	size_t i;

	add_number(h, list->n);
	for (i = 0; i < list->n; i++)
		add_text(h, list->v[i]);
}

static void
add_field(struct hash_sha256 *h, const void *at, enum field_kind kind)
{
	uint64_t bits;

	switch (kind) {
	case FIELD_TEXT:
		add_text(h, *(const char *const *)at);
		break;
	case FIELD_LIST:
		add_list(h, at);
		break;
	case FIELD_COUNT:
		add_number(h, *(const uint32_t *)at);
		break;
	case FIELD_NUMBER:
		memcpy(&bits, at, sizeof bits);
		add_number(h, bits);
		break;
	case FIELD_WORD:
		add_number(h, *(const unsigned *)at);
		break;
	case FIELD_FLAG:
	case FIELD_SWITCH:
		add_number(h, *(const bool *)at);
		break;
	case FIELD_SET:
		add_bytes(h, at, sizeof(struct re_set));
		break;
	}
}

static void
add_fields(struct hash_sha256 *h, const void *object, const struct field *f)
{
	for (; f->member; f++)
		if (f->finds)
			add_field(h, field_of(object, f), f->kind);
}

static void
add_allows(struct hash_sha256 *h, const struct rule_allow *v, size_t n)
{
	size_t i;

	add_number(h, n);
	for (i = 0; i < n; i++)
		add_fields(h, &v[i], rule_allow_fields);
}

static void
add_withs(struct hash_sha256 *h, const struct stanch_rule *r)
{
	size_t i;

	add_number(h, r->nwith);
	for (i = 0; i < r->nwith; i++)
		add_fields(h, &r->with[i], rule_with_fields);
}

static void
add_anchor(struct hash_sha256 *h, const struct re_anchor *anchor)
{
	size_t i;

	add_number(h, anchor->nliterals);
	for (i = 0; i < anchor->nliterals; i++) {
		add_bytes(h, anchor->literals[i].bytes,
			anchor->literals[i].len);
		add_number(h, anchor->literals[i].caseless);
		add_number(h, anchor->literals[i].gap);
	}
}

bool
rule_set_digest(const struct stanch_rules *set, char digest[65])
{
	struct hash_sha256 *h = hash_sha256_new();
	uint8_t out[32];
	size_t i;

	if (!h)
		return false;
	add_text(h, "stanch rules 1");
	add_number(h, set->n);
	for (i = 0; i < set->n; i++) {
		add_fields(h, &set->rules[i], rule_fields);
		add_fields(h, &set->rules[i].facts, rule_facts_fields);
		add_anchor(h, &set->rules[i].facts.anchor);
		add_allows(h, set->rules[i].allows, set->rules[i].nallows);
		add_withs(h, &set->rules[i]);
	}
	add_allows(h, set->allows, set->nallows);
	hash_sha256_end(h, out);
	hash_hex(out, sizeof out, digest);
	return true;
}
