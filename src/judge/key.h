/* SPDX-License-Identifier: Apache-2.0 */
/*
 * key.h - private keys in binary.  Each reader takes any bytes, parses the
 * whole of them and recurses into nothing.
 */
#ifndef JUDGE_KEY_H
#define JUDGE_KEY_H

#include "base/span.h"

enum key_state {
	KEY_NONE,	/* not such a key, or not all of it */
	KEY_PLAIN,	/* a key that anyone can use */
	KEY_ENCRYPTED,
	KEY_STUB	/* the secret part is elsewhere */
};

enum key_state key_der(struct span raw);	/* key_der.c */
enum key_state key_ssh(struct span raw);	/* key_ssh.c */
enum key_state key_pgp(struct span raw);	/* key_pgp.c */

#endif
