/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loosenotes.h - which loose objects of a repository there was nothing to say
 * of, by SHA-256 of their files.  One is passed over when its file has the
 * digest of such a one.  What is not there any more is forgotten, so notes are
 * no more than objects.  For the source room alone.
 *
 * Notes hold digests of packed bytes: no secret, no id, no name; for an
 * object with a secret there is none.
 */
#ifndef SOURCE_LOOSENOTES_H
#define SOURCE_LOOSENOTES_H

#include "source/packnotes.h"

/* Bytes of an object that is not counted: a tree. */
#define LOOSENOTES_TREE UINT64_MAX

struct loosenotes;	/* any thread may ask and add */

/* NULL: out of memory. */
struct loosenotes *loosenotes_begin(const struct git_repo *r,
	const struct packnotes_home *home);
/* Whether it is known; *bytes: of the object. */
bool loosenotes_knows(const struct loosenotes *n, const uint8_t digest[32],
	uint64_t *bytes);
/* There is nothing to say of it. */
void loosenotes_add(struct loosenotes *n, const uint8_t digest[32],
	uint64_t bytes);
/* A unit of loose objects has been told of to its end. */
void loosenotes_done(struct loosenotes *n);
void loosenotes_keep(struct loosenotes *n);
void loosenotes_free(struct loosenotes *n);

#endif
