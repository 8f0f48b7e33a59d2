/* SPDX-License-Identifier: Apache-2.0 */
/* pseudonym.h - one name for one secret, in whatever form it is met. */
#ifndef SCAN_PSEUDONYM_H
#define SCAN_PSEUDONYM_H

#include "finding/finding.h"

/*
 * Fills f->pseudonym.  secret is what the match says it is, in its view: what
 * a view decodes (UTF-16, say) is decoded.  Of a private key only the base64
 * counts, not the lines it is set in.  False: out of memory.
 */
bool pseudonym_set(struct stanch_finding *f, struct span secret,
	struct span key);

#endif
