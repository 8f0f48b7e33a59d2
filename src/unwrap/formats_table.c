/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats_table.c - every format that is known: how its first bytes look, and
 * what becomes of it.
 */
#include "unwrap/decoder.h"

#define MAGIC(where, bytes) \
	.at = (where), .magic = (bytes), .n = sizeof(bytes) - 1

/*
 * Publishers of the formats state these bytes; so does file(1).  The first
 * six may begin in the midst of other bytes, see formats.c.
 */
const struct format format_table[] = {
	{ "zip", .is = zip_is, .run = zip_run },
	{ "gzip", MAGIC(0, "\x1f\x8b\x08"), .codec = &decoder_gzip },
	{ "zstd", .codec = &decoder_zstd },
	{ "xz", .codec = &decoder_xz },
	{ "lz4", .codec = &decoder_lz4 },
	{ "bzip2", .codec = &decoder_bzip2 },
	{ "compress", .codec = &decoder_compress },
	{ "lzma", .codec = &decoder_lzma },
	{ "tar", .is = tar_is, .run = tar_run },
	{ "ar", MAGIC(0, "!<arch>\n"), .run = ar_run },
	{ "cpio", MAGIC(0, "070701"), .run = cpio_run },
	{ "cpio", MAGIC(0, "070702"), .run = cpio_run },
	{ "cpio", MAGIC(0, "070707"), .run = cpio_run },
	{ "rpm", MAGIC(0, "\xed\xab\xee\xdb"), .run = rpm_run },
	{ "zlib", .codec = &decoder_zlib },
	{ "lzip", .codec = &decoder_lzip },
	{ "git", MAGIC(0, "PACK\0\0\0\x02"), .run = gitpack_run },
	{ "git", .is = gitpack_bundle_is, .run = gitpack_bundle_run },
	{ "7z", MAGIC(0, "7z\xbc\xaf\x27\x1c"), .run = seven_run },
	{ "iso", MAGIC(32769, "CD001"), .run = iso_run },
	{ "sqlite", .is = sqlite_is, .run = sqlite_run },
	{ "sqlite", .is = sqlite_wal_is, .run = sqlite_wal_run },
	{ "pdf", MAGIC(0, "%PDF-"), .run = pdf_run },
	{ "class", .is = java_class_is, .run = java_class_run },
	{ "pyc", .is = pyc_is, .run = pyc_run },
	{ "android", .is = android_is, .run = android_run },
	{ "ole", .is = ole_is, .run = ole_run },
	/* libarchive's readers of these have a bad record. */
	{ "rar", MAGIC(0, "Rar!\x1a\x07"), .run = foreign_rar,
		.unread = "a RAR archive (--formats +rar): scanned as it is" },
	{ "cab", MAGIC(0, "MSCF\0\0\0\0"), .run = foreign_cab,
		.unread = "a cabinet file (--formats +cab): scanned as it is" },
	{ "lha", .is = foreign_lha_is, .run = foreign_lha,
		.unread = "an LHA archive (--formats +lha): scanned as it is" },
	{ "xar", MAGIC(0, "xar!"), .run = foreign_xar,
		.unread = "a xar archive (--formats +xar): scanned as it is" },
	{ NULL, MAGIC(0, "\x89LZO\0\r\n\x1a\n"),
		.unread = "an lzop file, scanned as it is" },
	{ NULL, MAGIC(0, "\x37\xe4\x53\x96\xc9\xdb\xd6\x07"),
		.unread = "a zisofs file, scanned as it is" },
	{ NULL, MAGIC(0, "LRZI"), .unread = "an lrzip file, scanned as it is" },
	{ NULL, MAGIC(0, "\x02\x21\x4c\x18"),
		.unread = "an old lz4 file, scanned as it is" },
	{ NULL, MAGIC(0, "\xff\x06\0\0sNaPpY"),
		.unread = "a snappy stream, scanned as it is" },
	{ NULL, MAGIC(0, "hsqs"),
		.unread = "a squashfs image, scanned as it is" },
	{ NULL, MAGIC(0, "\x45\x3d\xcd\x28"),
		.unread = "a cramfs image, scanned as it is" },
	{ NULL, MAGIC(0, "QFI\xfb"),
		.unread = "a qcow disk image, scanned as it is" },
	{ NULL, MAGIC(0, "KDMV"),
		.unread = "a VMDK disk image, scanned as it is" },
	{ NULL, MAGIC(0, "vhdxfile"),
		.unread = "a VHDX disk image, scanned as it is" },
	{ NULL, MAGIC(0, "MSWIM\0\0\0"),
		.unread = "a WIM image, scanned as it is" },
	{ NULL, MAGIC(0, "ITSF\3\0\0\0"),
		.unread = "a CHM help file, scanned as it is" },
	{ NULL, MAGIC(0, "\xc7\x71"),
		.unread = "an old cpio archive, scanned as it is" },
};

const size_t format_count = sizeof format_table / sizeof *format_table;

_Static_assert(sizeof format_table / sizeof *format_table <= 64,
	"a set of them has 64 bits");
