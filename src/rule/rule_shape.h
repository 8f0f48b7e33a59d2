/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_shape.h - what the values of a service look like.  A shape is written
 * as a recipe is (rule/recipe.h), with text and {{NAME:N-M}} of an alphabet
 * alone, and {{uuid}}; so an example can be made of it, and a value held
 * against it.
 */
#ifndef RULE_RULE_SHAPE_H
#define RULE_RULE_SHAPE_H

#include "base/span.h"

enum {
	RULE_SHAPE_MIN = 8,	/* bytes a value must have at least */
	RULE_SHAPE_MAX = 256	/* bytes of a value that are looked at */
};

/* Of a service that does not say what its values look like. */
extern const char rule_shape_any[];

/* How long a value may be.  NULL; or why the shape cannot be used. */
const char *rule_shape_read(const char *shape, uint32_t *least,
	uint32_t *most);
/* Whether all of s is as the shape says.  Time is the product of their
   lengths at most; false for more than RULE_SHAPE_MAX bytes. */
bool rule_shape_fits(const char *shape, struct span s);

#endif
