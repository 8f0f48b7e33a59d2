/* SPDX-License-Identifier: Apache-2.0 */
/* tag.h - templates of what stands where a secret was. */
#ifndef REDACT_TAG_H
#define REDACT_TAG_H

#include "base/buf.h"
#include "rule/rule.h"
#include "stanch.h"

#define TAG_DEFAULT "[REDACTED:{rule}]"

enum { TAG_TEMPLATE_MAX = 256, TAG_MAX = 1024 };

/* What a template can tell of a secret. */
struct tag_facts {
	const struct stanch_rule *rule;
	const char *hash;	/* its pseudonym; "": there is none */
	uint64_t length;	/* bytes that the tag stands for */
};

/* What a template asks for. */
enum tag_asks {
	TAG_HASH = 1,
	TAG_LENGTH = 2,
	TAG_VARIES = 4		/* tags of it are not all the same */
};

/*
 * Whether the template can be used: printable ASCII, known {names} only, not
 * empty, no command of a build system in it.  Whether a rule takes it for a
 * secret is the filter's to test.  *asks (may be NULL): enum tag_asks.
 * EUSAGE: err says what is wrong with it.
 */
enum stanch_result tag_check(const char *template, unsigned *asks,
	struct stanch_error *err);

/*
 * Appends the tag to out, which must be empty: {rule}, {provider}, {hash},
 * {length}, {{ and }} are replaced.  No control character and no command is
 * in it, whatever the rule calls itself.
 */
bool tag_write(struct buf *out, const char *template,
	const struct tag_facts *facts);

#endif
