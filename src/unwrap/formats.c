/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats.c - which format bytes are of, by their first ones, and where in
 * the midst of others one may begin.
 */
#include "unwrap/decoder.h"

#define MAGIC(where, bytes) \
	.at = (where), .magic = (bytes), .n = sizeof(bytes) - 1

/* Publishers of the formats state these bytes; so does file(1). */
static const struct format formats[] = {
	{ .is = zip_is, .run = zip_run },
	{ MAGIC(0, "\x1f\x8b\x08"), .codec = &decoder_gzip },
	{ .codec = &decoder_zstd },
	{ .codec = &decoder_xz },
	{ .codec = &decoder_lz4 },
	{ .codec = &decoder_bzip2 },
	{ .codec = &decoder_compress },
	{ .codec = &decoder_lzma },
	{ .is = tar_is, .run = tar_run },
	{ MAGIC(0, "!<arch>\n"), .run = ar_run },
	{ MAGIC(0, "070701"), .run = cpio_run },
	{ MAGIC(0, "070702"), .run = cpio_run },
	{ MAGIC(0, "070707"), .run = cpio_run },
	{ MAGIC(0, "\xed\xab\xee\xdb"), .run = rpm_run },
	{ .codec = &decoder_zlib },
	{ MAGIC(0, "PACK\0\0\0\x02"),
		.unread = "a git pack, scanned as it is" },
	{ MAGIC(0, "# v2 git bundle\n"),
		.unread = "a git bundle, scanned as it is" },
	{ MAGIC(0, "# v3 git bundle\n"),
		.unread = "a git bundle, scanned as it is" },
	{ MAGIC(0, "7z\xbc\xaf\x27\x1c"), .run = seven_run },
	{ MAGIC(32769, "CD001"),
		.unread = "an ISO 9660 image, scanned as it is" },
	{ MAGIC(0, "Rar!\x1a\x07"),
		.unread = "a RAR archive, scanned as it is" },
	{ MAGIC(0, "MSCF\0\0\0\0"),
		.unread = "a cabinet file, scanned as it is" },
	{ MAGIC(0, "xar!"), .unread = "a xar archive, scanned as it is" },
	{ MAGIC(2, "-lh5-"), .unread = "an LHA archive, scanned as it is" },
	{ MAGIC(0, "LZIP"), .unread = "an lzip file, scanned as it is" },
	{ MAGIC(0, "\x89LZO\0\r\n\x1a\n"),
		.unread = "an lzop file, scanned as it is" },
	{ MAGIC(0, "LRZI"), .unread = "an lrzip file, scanned as it is" },
	{ MAGIC(0, "\x02\x21\x4c\x18"),
		.unread = "an old lz4 file, scanned as it is" },
	{ MAGIC(0, "\xff\x06\0\0sNaPpY"),
		.unread = "a snappy stream, scanned as it is" },
	{ MAGIC(0, "hsqs"),
		.unread = "a squashfs image, scanned as it is" },
	{ MAGIC(0, "\x45\x3d\xcd\x28"),
		.unread = "a cramfs image, scanned as it is" },
	{ MAGIC(0, "QFI\xfb"),
		.unread = "a qcow disk image, scanned as it is" },
	{ MAGIC(0, "KDMV"),
		.unread = "a VMDK disk image, scanned as it is" },
	{ MAGIC(0, "vhdxfile"),
		.unread = "a VHDX disk image, scanned as it is" },
	{ MAGIC(0, "MSWIM\0\0\0"),
		.unread = "a WIM image, scanned as it is" },
	{ MAGIC(0, "\xc7\x71"), .unread = "an old cpio archive, scanned as "
		"it is" },
};

static bool
matches(const struct format *f, struct span head)
{
	if (f->n && (head.len < f->at + (size_t)f->n ||
		memcmp(head.ptr + f->at, f->magic, f->n) != 0))
		return false;
	if (f->is)
		return f->is(head);
	return !f->codec || f->codec->is(head);
}

const struct format *
format_of(struct span head)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (matches(&formats[i], head))
			return &formats[i];
	return NULL;
}

/* ---- in the midst of other bytes ---- */

/* A magic number, and a byte of it that is rare in text. */
static const struct start {
	const char *magic;
	size_t n, rare;
} starts[FORMAT_STARTS] = {
	{ "PK\x03\x04", 4, 3 },
	{ "\x04\x22\x4d\x18", 4, 0 },
	{ "\x1f\x8b\x08", 3, 1 },
	{ "\xfd" "7zXZ", 5, 0 },
	{ "\x28\xb5\x2f\xfd", 4, 3 },
	{ "BZh", 3, 1 },
};

enum {
	WITHIN = 6,	/* of formats[], those that begin with these */
	MAGIC_MOST = 5	/* bytes of them */
};

/* Not even a magic number: no more is waited for. */
static bool
begins(struct span s)
{
	for (size_t i = 0; i < FORMAT_STARTS; i++)
		if (s.len >= starts[i].n &&
			!memcmp(s.ptr, starts[i].magic, starts[i].n))
			return true;
	return false;
}

const struct format *
format_within(struct unwrap *u, struct tap *t)
{
	struct span head;

	if (!begins(tap_look(t, MAGIC_MOST)))
		return NULL;
	head = tap_look(t, FORMAT_WITHIN);
	for (size_t i = 0; i < WITHIN; i++) {
		const struct format *f = &formats[i];

		if (!matches(f, head))
			continue;
		if (!f->codec || decoder_probe(f->codec, head))
			return f;
		if (++u->false_starts == FORMAT_FALSE_STARTS)
			unwrap_gap(u, STANCH_GAP_OVER_LIMIT,
				"too many false starts of compressed data: "
				"no more are looked for", GAP_BYTES_UNKNOWN);
	}
	return NULL;
}

/* Where the magic number, or what there is of it at the end, is in s. */
static size_t
find(const struct start *m, struct span s, size_t from)
{
	size_t at = from + m->rare;

	while (at < s.len) {
		const uint8_t *p = memchr(s.ptr + at, m->magic[m->rare],
			s.len - at);
		size_t begin;

		if (!p)
			break;
		begin = (size_t)(p - s.ptr) - m->rare;
		if (!memcmp(s.ptr + begin, m->magic, s.len - begin < m->n ?
			s.len - begin : m->n))
			return begin;
		at = begin + m->rare + 1;
	}
	for (at = s.len > m->n ? s.len - m->n + 1 : 0; at < s.len; at++)
		if (at >= from && !memcmp(s.ptr + at, m->magic, s.len - at))
			return at;
	return s.len;
}

size_t
format_start(struct format_search *f, struct span s, uint64_t at, size_t from)
{
	size_t first = s.len;

	for (size_t i = 0; i < FORMAT_STARTS; i++) {
		struct format_next *next = &f->next[i];

		if (!next->found || next->at < at + from) {
			uint64_t begin = next->at > at + from ? next->at :
				at + from;
			size_t where = begin - at < s.len ?
				find(&starts[i], s, (size_t)(begin - at)) :
				s.len;

			next->at = at + where;
			next->found = where < s.len;
		}
		if (next->at - at < first)
			first = (size_t)(next->at - at);
	}
	return first;
}
