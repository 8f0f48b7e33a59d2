/* SPDX-License-Identifier: Apache-2.0 */
/* private.h - the source as its own room sees it. */
#ifndef SOURCE_PRIVATE_H
#define SOURCE_PRIVATE_H

#include "base/options.h"
#include "source/source.h"

struct source_root {
	char *path;	/* tidied up; "" is the current directory */
	bool stream;	/* standard input */
};

struct stanch_source {
	struct stanch_source_options opt;	/* readers read it too */
	struct source_root *roots;
	size_t nroots, next;
	struct tree *tree;
};

#endif
