/* SPDX-License-Identifier: Apache-2.0 */
/* discover.h - the repository that a path is in.  For the source room. */
#ifndef SOURCE_DISCOVER_H
#define SOURCE_DISCOVER_H

#include <limits.h>

#include "source/repo.h"

/*
 * The git directory of the path or of what is above it, and where it was
 * found: the work tree, or the git directory itself.  False: there is none.
 */
bool discover_path(const char *path, char git[2 * PATH_MAX],
	char root[PATH_MAX]);
/*
 * Finds the repository at the path, or above it, and what is to be scanned of
 * it.  EUSAGE: there is none, or a name that was given is not in it.
 */
enum stanch_result discover_repo(struct repo **out, struct stanch_source *s,
	const char *path, struct stanch_error *err);

#endif
