/* SPDX-License-Identifier: Apache-2.0 */
/* mask.h - the values to mask, from where --mask-* say: never from argv. */
#ifndef CLI_MASK_H
#define CLI_MASK_H

#include "base/buf.h"
#include "cli/cli.h"

/* One that is not masked in full; nothing of the value is in it. */
struct weak_value {
	char name[129];
	enum stanch_value_use use;
	const char *why;
};

enum { MASK_WEAK_MOST = 1000 };		/* that are remembered */

struct mask {
	struct stanch_values *values;	/* NULL: none were asked for */
	size_t full, words, refused;	/* how many are looked for how */
	struct buf weak;		/* of struct weak_value */
};

/* Warns of weak values, by their names.  False: said. */
bool mask_read(struct mask *m, const struct cli *cli);
/* One more.  False: said. */
bool mask_add(struct mask *m, const struct cli *cli, const char *name,
	const void *value, size_t len);
/* Counts one, and warns of it by its name if it is weak. */
void mask_note(struct mask *m, const struct cli *cli, const char *name,
	enum stanch_value_use use, const char *why);
void mask_free(struct mask *m);

#endif
