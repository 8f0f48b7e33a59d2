/* SPDX-License-Identifier: Apache-2.0 */
/* setup.h - rules and engine as the options ask for them. */
#ifndef CLI_SETUP_H
#define CLI_SETUP_H

#include "cli/cli.h"

#include <sys/types.h>

struct setup {
	const struct stanch_rules *rules;	/* NULL: none */
	struct stanch_rules *loaded;	/* what of them is ours to free */
	struct stanch_engine *engine;	/* NULL until setup_engine() */
	struct stanch_sandbox *sandbox;	/* NULL: none */
	unsigned limits;	/* things in the files that a limit cuts off */
};

/*
 * Each says what is wrong and returns false.  setup_rules() lays the n files
 * over the built-in rules; setup_engine() wants it to have succeeded.
 */
bool setup_rules(struct setup *s, const struct cli *cli,
	const char *const *files, size_t n);
bool setup_engine(struct setup *s, const struct cli *cli);
/*
 * Where archives are decoded, as --sandbox and its like say.  First of all:
 * before there are threads and secrets.
 */
bool setup_sandbox(struct setup *s, const struct cli *cli);
void setup_free(struct setup *s);
/* What --confidence says. */
enum stanch_confidence setup_confidence(const struct cli *cli);

/*
 * What --decode leaves encoded, a bit a kind.  Says what is wrong with it
 * and returns false.
 */
bool setup_decode(unsigned *leave, const struct cli *cli);

/*
 * The folder for compiled rules, made if need be; NULL: keep none.  The
 * string is buf, or an option's.
 */
const char *setup_cache_dir(const struct cli *cli, char *buf, size_t size);

/* Makes path and what leads to it; what is there stays as it is. */
bool setup_make_folders(char *path, mode_t mode);

#endif
