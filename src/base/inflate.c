/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inflate.c - libdeflate for a stream that is whole, which is faster; zlib,
 * fed by pieces that its counters can hold, for the beginning of one, and to
 * have the last word on one that is damaged.
 */
#include "base/inflate.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <zlib.h>

enum { PIECE = 1024 * 1024 * 1024, GZIP = 16 /* zlib's word for it */ };

struct inflate {
	z_stream z;
	const uint8_t *first;	/* of what is being unpacked */
	size_t left;		/* bytes of it that zlib has not been given */
	struct libdeflate_decompressor *whole;
};

static struct inflate *
new_of(int window)
{
	struct inflate *z = calloc(1, sizeof *z);

	if (!z)
		return NULL;
	z->whole = libdeflate_alloc_decompressor();
	if (z->whole && inflateInit2(&z->z, window) == Z_OK)
		return z;
	libdeflate_free_decompressor(z->whole);
	free(z);
	return NULL;
}

struct inflate *
inflate_new(void)
{
	return new_of(MAX_WBITS);
}

struct inflate *
inflate_new_gzip(void)
{
	return new_of(MAX_WBITS + GZIP);
}

void
inflate_free(struct inflate *z)
{
	if (!z)
		return;
	inflateEnd(&z->z);
	libdeflate_free_decompressor(z->whole);
	free(z);
}

static uInt
piece(size_t n)
{
	return n < PIECE ? (uInt)n : (uInt)PIECE;
}

void
inflate_begin(struct inflate *z, struct span in)
{
	inflateReset(&z->z);
	z->first = in.ptr;
	z->left = in.len;
	z->z.next_in = (Bytef *)in.ptr;
	z->z.avail_in = 0;
}

/* The next bytes, at most n; *last: why no more came. */
static size_t
unpack(struct inflate *z, uint8_t *out, size_t n, int *last)
{
	size_t done = 0;
	int r = Z_OK;

	while (r == Z_OK) {
		uInt room = piece(n - done), had;
		uint8_t none;

		if (!z->z.avail_in) {
			z->z.avail_in = piece(z->left);
			z->left -= z->z.avail_in;
		}
		had = z->z.avail_in;
		z->z.next_out = room ? out + done : &none;
		z->z.avail_out = room;
		r = inflate(&z->z, Z_NO_FLUSH);
		done += room - z->z.avail_out;
		if (had == z->z.avail_in && room == z->z.avail_out)
			break;	/* no way on */
	}
	*last = r;
	return done;
}

size_t
inflate_more(struct inflate *z, uint8_t *out, size_t n, bool *end)
{
	int last;
	size_t done = unpack(z, out, n, &last);

	*end = last == Z_STREAM_END;
	return *end || last == Z_OK || last == Z_BUF_ERROR ? done : 0;
}

size_t
inflate_used(const struct inflate *z)
{
	return (size_t)(z->z.next_in - z->first);
}

size_t
inflate_exact(struct inflate *z, struct span in, uint8_t *out, size_t n)
{
	size_t used;
	bool end;

	if (libdeflate_zlib_decompress_ex(z->whole, in.ptr, in.len, out, n,
		&used, NULL) == LIBDEFLATE_SUCCESS)
		return used;
	inflate_begin(z, in);
	return inflate_more(z, out, n, &end) == n && end ?
		inflate_used(z) : 0;
}

size_t
inflate_first(struct inflate *z, struct span in, uint8_t *out, size_t n)
{
	bool end;

	inflate_begin(z, in);
	return inflate_more(z, out, n, &end);
}

size_t
inflate_some(struct inflate *z, struct span in, uint8_t *out, size_t n)
{
	int last;

	inflate_begin(z, in);
	return unpack(z, out, n, &last);
}
