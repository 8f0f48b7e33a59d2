/* SPDX-License-Identifier: Apache-2.0 */
/* path.h - paths as bytes: tidied up, and shown without doing harm. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/buf.h"

/*
 * Appends path without "." components, double and trailing slashes; ".."
 * stays, because what it means depends on symbolic links.  "." and "./"
 * become "", "/" stays.  False: no room in out.
 */
bool path_clean(struct buf *out, const char *path);

/* The bytes after the last slash. */
const char *path_base(const char *path);

/*
 * Appends text so that it can be shown on a terminal: control characters,
 * bytes that are not UTF-8, characters that turn the writing direction round
 * and the backslash are written as escapes (\n, \x1b, \u202e, \\), all else
 * as it is.  Different texts stay different.  False: no room in out.
 */
bool path_show(struct buf *out, struct span text);

#endif
