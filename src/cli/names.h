/* SPDX-License-Identifier: Apache-2.0 */
/* names.h - options whose argument is a list of names, a bit each. */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include "cli/cli.h"

/* The i-th name, NULL after the last. */
typedef const char *name_fn(size_t i);

/*
 * The bits of the names in list, with commas between them; "all" is all of
 * them, "none" is none.  False: the option's list has another name, which is
 * said.
 */
bool names_read(unsigned *bits, const struct cli *cli, const char *option,
	const char *list, name_fn *name);

#endif
