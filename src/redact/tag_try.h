/* SPDX-License-Identifier: Apache-2.0 */
/* tag_try.h - text to try a template with, before it is relied on. */
#ifndef REDACT_TAG_TRY_H
#define REDACT_TAG_TRY_H

#include "redact/tag.h"
#include "scan/scanner.h"

enum { TAG_TRY_MAX = 64 * 1024 * 1024 };

/*
 * Appends what no rule may take for a secret.  Of a template whose tags vary
 * it is many of them where secrets are wont to stand: were one found there,
 * another tag would take its place when the output is filtered again.
 */
bool tag_try(struct buf *out, const char *template, unsigned asks,
	const struct stanch_rules *rules);

#endif
