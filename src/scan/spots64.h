/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spots64.h - where base64 can be of something that is looked for, in bytes
 * that mostly are something else.  It is asked of every byte that is scanned,
 * so it takes a vector of them at a time where the CPU has AVX2 or AVX-512.
 *
 * Of what is decoded only 12 bytes of text in a row count, or gzip: see
 * view_base64.c.  They fill three groups of four characters, wherever the
 * groups begin, and paths and names have that less than once in a thousand.
 * Where a run begins and ends is of no matter here.
 */
#ifndef SCAN_SPOTS64_H
#define SCAN_SPOTS64_H

#include "base/span.h"

/*
 * The first spot in s; s.len: none.  A spot is where
 * - three groups of text begin, each byte text or NUL, at any place in a run;
 * - "H4sI" begins 16 or more characters, before which there is none;
 * - 16 characters end before \/, or before a line end and blanks behind which
 *   the groups go on so that there may be three: the first of these 16.
 * What goes on behind the end of s is not seen.  What stands before s is no
 * character.
 */
typedef size_t spots64_fn(struct span s);

/*
 * The ways to find it that this CPU has, the fastest first; NULL: no more.
 * They find the same; there is one at least.
 */
spots64_fn *spots64_way(size_t i);

/*
 * No run that holds s.ptr[at] begins before it: the caller may begin there
 * with what a run is.  Takes time by how far that is before `at`.
 */
size_t spots64_back(struct span s, size_t at);

#endif
