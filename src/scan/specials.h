/* SPDX-License-Identifier: Apache-2.0 */
/*
 * specials.h - the bytes with which an escape may begin, in bytes that mostly
 * are something else.  It is asked of every byte that is scanned, so it takes a
 * vector of them at a time where the CPU has AVX2.
 */
#ifndef SCAN_SPECIALS_H
#define SCAN_SPECIALS_H

#include "base/span.h"

/*
 * Where in s the first \ % & or = stands that an escape of these kinds may
 * begin with, by the byte behind it, if that has come; s.len: nowhere.
 * strong: it shows that something was encoded (escape.h).
 */
size_t specials_find(struct span s, unsigned kinds, bool strong);
/* The same without vectors: for other CPUs, and to be held against. */
size_t specials_find_plain(struct span s, unsigned kinds, bool strong);

#endif
