/* SPDX-License-Identifier: Apache-2.0 */
/* remote.h - the state of a worker's other end.  For remote*.c. */
#ifndef SANDBOX_REMOTE_H
#define SANDBOX_REMOTE_H

#include "sandbox/records.h"
#include "sandbox/sandbox.h"

enum { REMOTE_IN = 4 * RECORDS_CHUNK };

/* What was sent last, as it was sent: a worker may not have got to it. */
struct sent {
	struct records_head job, head;
	uint8_t bytes[RECORDS_CHUNK];
};

struct remote {
	struct stanch_sandbox *sandbox;
	struct records_options with;
	int fd;			/* -1: there is no worker */
	pid_t pid;
	double busy;		/* seconds that this one was waited for */
	struct records records;
	const struct remote_item *item;
	const struct unwrap_out *out;
	uint64_t chunks;	/* sent of the item */
	bool ended;		/* all of it was sent */
	double cpu;		/* of the worker, and since when */
	unsigned still;		/* ... ticks */
	struct sent sent[2];
	struct far {
		struct records_head head;
		uint8_t bytes[RECORDS_CHUNK];
	} far;
	size_t n;		/* bytes of in */
	uint8_t in[REMOTE_IN];
};

/* Why a worker is not there any more. */
enum loss { LOST, BAD, HUNG, SPENT, NONE, STOPPED };

/*
 * After a loss: says why, and gives the bytes out as they are.  status: what
 * waitpid() said, or -1; seen: the item's rest as it was at first.  False: out
 * said stop.
 */
bool remote_lose(struct remote *r, enum loss why, int status,
	struct span seen);

#endif
