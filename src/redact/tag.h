/* SPDX-License-Identifier: Apache-2.0 */
/* tag.h - what stands where a secret was. */
#ifndef REDACT_TAG_H
#define REDACT_TAG_H

#include "base/buf.h"
#include "rule/rule.h"
#include "stanch.h"

#define TAG_DEFAULT "[REDACTED:{rule}]"

enum { TAG_TEMPLATE_MAX = 256, TAG_MAX = 1024 };

/*
 * Whether the template can be used: printable ASCII, known {names} only, not
 * empty.  Whether a rule takes it for a secret is the filter's to test.
 * EUSAGE: err says what is wrong with it.
 */
enum stanch_result tag_check(const char *template, struct stanch_error *err);

/* Appends the tag for a rule: {rule}, {provider}, {{ and }} are replaced. */
bool tag_write(struct buf *out, const char *template,
	const struct stanch_rule *rule);

#endif
