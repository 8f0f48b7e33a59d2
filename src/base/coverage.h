/* SPDX-License-Identifier: Apache-2.0 */
/*
 * coverage.h - what became of the bytes of a file: what run counts and sink
 * writes down.  bytes = decoded + raw + unread, always.
 */
#ifndef BASE_COVERAGE_H
#define BASE_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

struct coverage {
	const char *place;	/* raw bytes; borrowed */
	bool part;		/* this is not a file, but raw bytes of one
				   that belong to no member */
	uint64_t bytes;		/* its size, or what could be read */
	uint64_t decoded;	/* ... that decoders and members got */
	uint64_t raw;		/* ... scanned as they are */
	uint64_t unread;	/* ... that could not be read: of a gap */
	uint64_t headers;	/* of raw: bytes that tell of members */
	uint64_t apart;		/* ... that belong to no member */
	uint64_t members;	/* at every depth */
	uint64_t hidden;	/* ... that the directory of their zip does
				   not name */
	uint64_t unpacked;	/* bytes out of decoders, at every depth */
	uint64_t gaps;		/* told of it and of what lies in it */
};

#endif
