/* SPDX-License-Identifier: Apache-2.0 */
/* select.h - choosing some of a repository's objects.  For the source room. */
#ifndef SOURCE_SELECT_H
#define SOURCE_SELECT_H

#include "source/repo.h"

/* What the options say, into r->list.  EUSAGE: they name what is not there. */
enum stanch_result select_objects(struct repo *r,
	const struct stanch_source_options *opt, struct stanch_error *err);
enum stanch_result select_range(struct repo *r,
	const struct stanch_source_options *opt, struct stanch_error *err);

#endif
