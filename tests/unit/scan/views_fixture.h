/* SPDX-License-Identifier: Apache-2.0 */
/*
 * views_fixture.h - bytes through a scanner and a filter, cut anywhere, for the
 * tests of views.  The one rule that counts here holds back nothing by itself,
 * so what is held is held by the views.
 */
#ifndef VIEWS_FIXTURE_H
#define VIEWS_FIXTURE_H

#include "base/buf.h"
#include "stanch.h"

/* Stands for a secret. */
#define TAG "<@>"
#define ONE "acme_4kq7w1zt9x2m6c8v3b5n"

#define FOUND(from, to, way) "acme " #from "-" #to " " way \
	" acme_************ (25 bytes)\n"

extern struct buf views_in, views_out, views_told;

/* Of a test suite. */
void views_begin(void);
void views_end(void);
/* Appends to what goes in. */
void put(const char *text);
/* Findings to views_told, ended with a NUL. */
void scan(size_t step, unsigned leave);
/* The same through a filter; output to views_out, ended with a NUL. */
void filter(size_t step);
/* What goes in gives these findings and this output, cut anywhere. */
void expect(const char *findings, const char *output);
/* Nothing of a text is held by a filter. */
void expect_out(const char *text);

#endif
