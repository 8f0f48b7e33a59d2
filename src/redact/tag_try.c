/* SPDX-License-Identifier: Apache-2.0 */
/* tag_try.c - text to try a template with: see tag_try.h. */
#include "redact/tag_try.h"

#include "base/hash.h"

/* Where rules of no fixed shape look for a value. */
static const struct { const char *before, *after; } places[] = {
	{ "", "\n" }, { "password=", "\n" }, { "API_KEY: \"", "\"\n" },
	{ "{\"client_secret\":\"", "\"}\n" },
	{ "Authorization: Bearer ", "\n" }, { "https://user:", "@host/\n" },
};
enum { PLACES = sizeof places / sizeof *places };

/* A pseudonym as good as any. */
static void
made_up(char hash[FINDING_PSEUDONYM + 1], const char *id, size_t place)
{
	uint8_t digest[32];

	hash_hmac_sha256(span_of(&place, sizeof place), span_str(id), digest);
	hash_hex(digest, FINDING_PSEUDONYM / 2, hash);
}

static bool
try_at(struct buf *out, size_t place, const char *template,
	const struct stanch_rule *rule)
{
	char hash[FINDING_PSEUDONYM + 1];
	struct tag_facts facts = { rule, hash, 40 };
	struct buf tag;
	bool ok;

	made_up(hash, rule->id, place);
	buf_init(&tag, TAG_MAX);
	ok = tag_write(&tag, template, &facts) &&
		buf_str(out, places[place].before) &&
		buf_append(out, tag.ptr, tag.len) &&
		buf_str(out, places[place].after);
	buf_free(&tag);
	return ok;
}

bool
tag_try(struct buf *out, const char *template, unsigned asks,
	const struct stanch_rules *rules)
{
	/* The default is held to this by the tests, not at every start. */
	bool all = (asks & TAG_VARIES) && strcmp(template, TAG_DEFAULT) != 0;
	bool ok = try_at(out, 0, template, &rules->rules[0]);

	for (size_t i = 0; ok && all && i < rules->n; i++)
		for (size_t place = 0; ok && place < PLACES; place++)
			ok = try_at(out, place, template, &rules->rules[i]);
	return ok;
}
