/* SPDX-License-Identifier: Apache-2.0 */
/* made.h - bytes are put together here, unwrapped, and what comes of it is
   one text: "place: bytes\n" and "gap place: reason: detail\n". */
#ifndef TESTS_UNWRAP_MADE_H
#define TESTS_UNWRAP_MADE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buf.h"
#include "unwrap/unwrap.h"

enum { MADE_MOST = 64 * 1024 * 1024 };

struct made {
	struct buf text;
	struct unwrap_count count;
	struct span all, rest;	/* to be read */
	size_t piece;		/* bytes a read gives */
	uint64_t news;
	const char *stop;	/* stop at this place */
	struct unwrap_options opt;
	bool ok;
};

static inline struct buf
made_buf(void)
{
	struct buf b;

	buf_init(&b, MADE_MOST);
	return b;
}

static inline void
made_add(struct buf *b, const void *p, size_t n)
{
	cr_assert(buf_append(b, p, n));
}

static inline void
made_le(struct buf *b, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cr_assert(buf_byte(b, (uint8_t)(v >> 8 * i)));
}

/* ---- containers ---- */

/* windowBits as zlib has them: 31 is gzip, -15 bare. */
static inline struct buf
made_deflate(struct span s, int bits)
{
	z_stream z = { .next_in = (Bytef *)s.ptr, .avail_in = (uInt)s.len };
	struct buf b = made_buf();

	cr_assert_eq(deflateInit2(&z, 6, Z_DEFLATED, bits, 8, 0), Z_OK);
	cr_assert(buf_reserve(&b, s.len + 1000));
	z.next_out = b.ptr;
	z.avail_out = (uInt)b.cap;
	cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	b.len = z.total_out;
	deflateEnd(&z);
	return b;
}

static inline struct buf
made_gzip(const char *text)
{
	return made_deflate(span_str(text), 31);
}

struct made_zip {
	unsigned flags, method;
	uint64_t declared;	/* size of what is packed; 0: what it is */
	bool sign;		/* its descriptor has a signature */
	uint32_t wrong;		/* added to its checksum */
};

static inline void
made_zip_member(struct buf *b, const char *name, struct span s,
	struct made_zip how)
{
	struct buf packed = made_buf();
	uint32_t crc = (uint32_t)crc32_z(0, s.ptr, s.len) + how.wrong;
	bool later = how.flags & 8;

	if (how.method == 8)
		packed = made_deflate(s, -15);
	else
		made_add(&packed, s.ptr, s.len);
	made_add(b, "PK\3\4\24\0", 6);
	made_le(b, how.flags, 2);
	made_le(b, how.method, 2);
	made_le(b, 0x5a210000, 4);
	made_le(b, later ? 0 : crc, 4);
	made_le(b, later ? 0 : how.declared ? how.declared : packed.len, 4);
	made_le(b, later ? 0 : s.len, 4);
	made_le(b, strlen(name), 2);
	made_le(b, 0, 2);
	made_add(b, name, strlen(name));
	made_add(b, packed.ptr, packed.len);
	if (later) {
		if (how.sign)
			made_add(b, "PK\7\10", 4);
		made_le(b, crc, 4);
		made_le(b, packed.len, 4);
		made_le(b, s.len, 4);
	}
	buf_free(&packed);
}

/* An end without a directory. */
static inline void
made_zip_end(struct buf *b)
{
	made_add(b, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
}

static inline void
made_tar_header(struct buf *b, const char *name, char type, size_t size)
{
	unsigned char h[512] = { 0 };
	unsigned sum = 0;

	memcpy(h, name, strlen(name));
	snprintf((char *)h + 100, 8, "%07o", 0644);
	snprintf((char *)h + 124, 12, "%011zo", size);
	memset(h + 148, ' ', 8);
	h[156] = (unsigned char)type;
	memcpy(h + 257, "ustar\00000", 8);
	for (size_t i = 0; i < sizeof h; i++)
		sum += h[i];
	snprintf((char *)h + 148, 8, "%06o", sum);
	made_add(b, h, sizeof h);
}

static inline void
made_tar_member(struct buf *b, const char *name, char type, struct span s)
{
	static const char zeros[512];

	made_tar_header(b, name, type, s.len);
	made_add(b, s.ptr, s.len);
	made_add(b, zeros, (512 - s.len % 512) % 512);
}

static inline void
made_tar_end(struct buf *b)
{
	static const char zeros[1024];

	made_add(b, zeros, sizeof zeros);
}

/* ---- what comes of it ---- */

static inline bool
made_begin(const char *place, void *payload)
{
	struct made *m = payload;

	if (m->stop && !strcmp(place, m->stop))
		return false;
	return buf_str(&m->text, place) && buf_str(&m->text, ": ");
}

static inline bool
made_bytes(const void *data, size_t n, void *payload)
{
	struct made *m = payload;

	for (size_t i = 0; i + 4 <= n; i++)
		m->news += !memcmp((const char *)data + i, "NEWS", 4);
	return buf_append(&m->text, data, n);
}

static inline bool
made_end(void *payload)
{
	struct made *m = payload;

	return buf_byte(&m->text, '\n');
}

static inline bool
made_gap(const struct gap *g, void *payload)
{
	struct made *m = payload;

	return buf_printf(&m->text, "gap %s: %s: %s\n", g->place,
		stanch_gap_name(g->why), g->detail);
}

static inline ssize_t
made_read(void *of, void *to, size_t n)
{
	struct made *m = of;
	struct span s = span_first(m->rest, n < m->piece ? n : m->piece);

	if (s.len)
		memcpy(to, s.ptr, s.len);
	m->rest = span_skip(m->rest, s.len);
	return (ssize_t)s.len;
}

static inline ssize_t
made_read_at(void *of, void *to, size_t n, uint64_t at)
{
	struct made *m = of;
	struct span s = at < m->all.len ? span_first(span_skip(m->all,
		(size_t)at), n < 1000 ? n : 1000) : span_of(NULL, 0);

	if (s.len)
		memcpy(to, s.ptr, s.len);
	return (ssize_t)s.len;
}

static inline struct unwrap_out
made_out(struct made *m)
{
	return (struct unwrap_out){ .begin = made_begin, .bytes = made_bytes,
		.end = made_end, .gap = made_gap, .news = &m->news,
		.payload = m };
}

/* What begins with a format is left to another unwrap. */
static inline bool
made_rest(struct unwrap_rest *rest, void *payload)
{
	struct made *m = payload;
	const struct unwrap_out out = made_out(m);
	struct unwrap *u = unwrap_new(&m->opt, &out);
	bool ok;

	cr_assert_not_null(u);
	ok = unwrap_rest(u, rest);
	unwrap_free(u);
	return ok;
}

/* Unwraps s as "f", a piece at a time, with pieces of 512 bytes out of turn,
   too; the text ends with a NUL. */
static inline struct made
made_unwrap_by(struct span s, size_t piece, const struct unwrap_options *opt,
	bool apart)
{
	static const struct unwrap_options usual;
	struct made m = { .text = made_buf(), .all = s, .rest = s,
		.piece = piece, .opt = opt ? *opt : usual };
	struct unwrap_out out = made_out(&m);
	struct unwrap *u;
	bool nomem;

	out.rest = apart ? made_rest : NULL;
	u = unwrap_new(opt ? opt : &usual, &out);
	cr_assert_not_null(u);
	m.ok = unwrap_item_at(u, "f", made_read, piece == 512 ? made_read_at :
		NULL, &m, &m.count, &nomem);
	cr_assert(m.ok);
	cr_assert_not(nomem);
	cr_assert_eq(m.count.bytes, s.len, "all of it was read");
	cr_assert_eq(m.count.raw + m.count.inside, s.len);
	unwrap_free(u);
	cr_assert(buf_byte(&m.text, 0));
	return m;
}

static inline struct made
made_unwrap(struct span s, size_t piece, const struct unwrap_options *opt)
{
	return made_unwrap_by(s, piece, opt, false);
}

/* Whether the text has it. */
static inline bool
made_has(const struct made *m, const char *what)
{
	return memmem(m->text.ptr, m->text.len, what, strlen(what)) != NULL;
}

/* Whoever decodes it. */
static inline void
made_is_the_same_apart(struct span s, size_t piece, const struct made *m)
{
	struct made apart = made_unwrap_by(s, piece, NULL, true);

	cr_assert_str_eq((char *)apart.text.ptr, (char *)m->text.ptr);
	cr_assert_eq(memcmp(&apart.count, &m->count, sizeof m->count), 0);
	buf_free(&apart.text);
}

static inline void
made_has_all(struct span s, const char *const *want)
{
	static const size_t pieces[] = { 1, 7, 512, SIZE_MAX };

	for (size_t i = 0; i < 4; i++) {
		struct made m = made_unwrap(s, pieces[i], NULL);

		for (size_t k = 0; want[k]; k++)
			cr_assert(made_has(&m, want[k]),
				"by %zu bytes, no '%s' in:\n%s", pieces[i],
				want[k], (char *)m.text.ptr);
		made_is_the_same_apart(s, pieces[i], &m);
		buf_free(&m.text);
	}
}

#endif
