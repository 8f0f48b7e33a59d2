/* SPDX-License-Identifier: Apache-2.0 */
/* ole.h - the state of a compound file ([MS-CFB]) that is looked into. */
#ifndef UNWRAP_OLE_H
#define UNWRAP_OLE_H

#include "unwrap/reach.h"

enum {
	OLE_HEADER = 512,
	OLE_LAST = -6		/* of the numbers of sectors; the rest mean
				   the end, free, or a table */
};

/* A table of which sector follows which, and where a sector is. */
struct ole_chain {
	const uint8_t *next;	/* 4 bytes for each */
	uint32_t sectors;
	unsigned shift;		/* of a sector's size */
};

struct ole_stream {
	struct ole *ole;
	bool mini;		/* in the stream of small ones */
	uint32_t sector;	/* the next */
	uint32_t most;		/* sectors yet: what leads in circles ends */
	uint64_t left;		/* bytes */
	bool broken;
	struct span piece;
};

struct ole {
	struct unwrap *u;
	struct reach reach;
	unsigned depth;
	struct ole_chain big, mini;
	struct buf fat, minifat;
	struct buf mini_map;	/* sectors of the stream of small ones */
	uint32_t cutoff;	/* bytes of a stream that is not small */
	uint8_t *taken;		/* sectors of streams, a bit each */
	struct headers headers;
};

/* ---- sectors; ole_sectors.c ---- */

/* Reads the tables.  False: they are damaged, or too large. */
bool ole_open(struct ole *o, struct span head);
void ole_close(struct ole *o);
/* All of a stream without a length.  False: it is broken, or too long. */
bool ole_read(struct ole *o, struct buf *b, uint32_t sector);
/* Where the stream of small ones begins.  False: it leads in circles. */
bool ole_map_small(struct ole *o, uint32_t sector);
void ole_stream_begin(struct ole_stream *s, struct ole *o, uint32_t sector,
	uint64_t size, bool mini);
/* What comes next of it; nothing at its end, or where it is broken. */
struct span ole_stream_look(struct ole_stream *s);
void ole_stream_take(struct ole_stream *s, size_t n);

/* ---- names; ole_name.c ---- */

/* Of an entry of the directory: UTF-16, and what Windows Installer makes. */
void ole_name(struct buf *b, const uint8_t *entry);

#endif
