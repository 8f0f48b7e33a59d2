/* SPDX-License-Identifier: Apache-2.0 */
/*
 * together.h - a job in parts, on as many threads.
 */
#ifndef BASE_TOGETHER_H
#define BASE_TOGETHER_H

#include <stddef.h>

enum { TOGETHER_MOST = 64 };	/* threads */

/*
 * Calls fn(of, i) once for each i below n, TOGETHER_MOST at most, the last by
 * the caller, the others by threads that have ended when it returns.  Where a
 * thread cannot be had its part is done by the caller, after its own: so parts
 * must not wait for each other.  Signals are left to the caller's thread.
 */
void together(size_t n, void (*fn)(void *of, size_t i), void *of);

#endif
