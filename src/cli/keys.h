/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keys.h - what is typed on our terminal, on its way to the command's.  Not
 * more is read than the command takes.
 */
#ifndef CLI_KEYS_H
#define CLI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEYS_MAX = 1024 };

struct keys {
	int in, out;		/* neither blocks */
	bool ended;		/* no more will come, or be taken */
	size_t at, n;		/* buf[at, n): not handed on yet */
	uint8_t buf[KEYS_MAX];	/* a password may be in it: wiped */
};

void keys_init(struct keys *k, int in, int out);
/* Hands on what can be handed on now. */
void keys_step(struct keys *k);
void keys_wipe(struct keys *k);

#endif
