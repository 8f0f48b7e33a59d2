/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decoder.h - compressed bytes as a tap: a codec a format, each over the
 * library that knows it, and one driver for all.  Streams of one codec that
 * follow each other are one.
 */
#ifndef UNWRAP_DECODER_H
#define UNWRAP_DECODER_H

#include "unwrap/unwrap_private.h"

enum codec_state {
	CODEC_MORE,
	CODEC_END,		/* of a stream, and its checksum is right */
	CODEC_DAMAGED,
	CODEC_CHECKSUM,		/* its end is there, and not right */
	CODEC_MEMORY,		/* it wants more than it may have */
	CODEC_NOMEM
};

struct codec {
	bool (*is)(struct span head);
	/* memory: the most it may ask for.  NULL: out of memory. */
	void *(*open)(size_t memory);
	/* Takes some of *in, puts *got bytes, at most n, at `to`. */
	enum codec_state (*step)(void *self, struct span *in, uint8_t *to,
		size_t n, size_t *got);
	void (*close)(void *self);
	/* The bytes it holds now; NULL: less than a MiB. */
	size_t (*memory)(const void *self);
	size_t look;	/* bytes it wants to see with the first, if there are */
	bool prompt;	/* its first bytes come out at once */
	bool endless;	/* a stream goes on to the end of all bytes */
	bool doubtful;	/* it must be possible to decode it, too */
	bool skips;	/* has frames that hold no data (zstd, lz4) */
};

extern const struct codec decoder_gzip, decoder_zlib, decoder_deflate,
	decoder_zstd, decoder_xz, decoder_lzma, decoder_lzip, decoder_bzip2,
	decoder_lz4, decoder_compress;

struct decoder {
	struct unwrap *u;
	const struct codec *codec;
	void *self;
	struct tap *from;
	struct headers skipped;
	size_t memory;		/* taken of u's */
	bool one;		/* what follows the stream is not asked */
	bool done;
	bool sums;		/* crc is wanted */
	uint32_t crc;
	uint64_t out;		/* bytes */
};

/*
 * t gives what comes out of `from` by the codec.  False: u->nomem.  Set one
 * and sums before the first look.
 */
bool decoder_open(struct decoder *d, struct tap *t, struct unwrap *u,
	const struct codec *codec, struct tap *from);
/* Gives back t's room, and tells why it ended when it did so too early. */
void decoder_close(struct decoder *d, struct tap *t);

/* A format that is a codec alone: all its streams, and what is in them. */
void decoder_run(struct unwrap *u, struct tap *t, const struct codec *codec,
	unsigned depth);
/* Whether head begins a stream of it. */
bool decoder_is(const struct codec *codec, struct span head);
/* Whether head, the first bytes of a stream, can be decoded. */
bool decoder_probe(const struct codec *codec, struct span head);

/* A short frame without data, as zstd and lz4 have them: its bytes, or 0. */
size_t decoder_skippable(struct span head);

#endif
