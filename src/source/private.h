/* SPDX-License-Identifier: Apache-2.0 */
/* private.h - the source as its own room sees it. */
#ifndef SOURCE_PRIVATE_H
#define SOURCE_PRIVATE_H

#include "base/options.h"
#include "source/packnotes.h"
#include "source/source.h"

struct source_root {
	char *path;	/* tidied up; "" is the current directory */
	bool stream;	/* standard input */
	struct repo *repo;	/* no file is scanned, only this; or NULL */
};

struct source_store {
	dev_t dev;
	ino_t ino;
};

struct stanch_source {
	struct stanch_source_options opt;	/* readers read it too */
	struct source_root *roots;
	size_t nroots, next;
	struct tree *tree;
	struct repo **repos;	/* by id, from 1; NULL: done */
	size_t nrepos;
	struct source_store *stores;	/* whose objects are scanned */
	size_t nstores;
	uint64_t nmet;		/* repositories opened */
	struct packnotes_home home;	/* source_remember() */
	struct repo *alone;	/* of a root of which no file is scanned */
};

#endif
