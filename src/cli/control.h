/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control.h - the socket over which what runs under "redact -- CMD" gives the
 * filter more values to mask ("stanch mask").
 *
 *	client -- NAME NUL VALUE, and a socket of its own --> filter
 *	filter -- one byte: what became of it -------------> that socket
 *
 * Each message comes whole or not at all (SOCK_SEQPACKET), and each client has
 * its own answer, so many may ask at once.  A client can add, and do nothing
 * else.
 */
#ifndef CLI_CONTROL_H
#define CLI_CONTROL_H

#include "cli/mask.h"

/* Names the client's end for the command. */
#define CONTROL_VARIABLE	"STANCH_MASK_FD"

enum { CONTROL_VALUE = 64 * 1024, CONTROL_NAME = 128 };	/* bytes, at most */

enum control_answer {
	CONTROL_MASKED = 'm',	/* no byte from now on has it */
	CONTROL_REFUSED = 'r',	/* too weak: it is not masked */
	CONTROL_FAILED = 'f'
};

struct control { int ours, theirs; };	/* -1: closed */

/* False: errno says why. */
bool control_open(struct control *c);
void control_close(struct control *c);

/* Takes one message, if there is one, and answers it. */
void control_serve(struct control *c, struct mask *m, const struct cli *cli);

/* The other side: asks at fd.  False: errno says why. */
bool control_ask(int fd, const char *name, const void *value, size_t len,
	enum control_answer *answer);

#endif
