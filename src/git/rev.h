/* SPDX-License-Identifier: Apache-2.0 */
/* rev.h - names that people give to objects. */
#ifndef GIT_REV_H
#define GIT_REV_H

#include "git/refs.h"

/*
 * HEAD, @, a ref as git completes it, an id or its first 4 digits and more,
 * with ~N and ^N behind it.  EUSAGE: there is none, or more than one.
 */
enum stanch_result git_rev(struct git_id *id, struct git_reader *rd,
	const struct git_repo *r, const struct git_refs *refs,
	const char *text, struct stanch_error *err);

#endif
