/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_crc.c - tokens that end in a CRC-32 (zlib's) of what stands before
 * it.  One table row a kind of token; the few with more to them have files of
 * their own.
 */
#include "judge/check_crc.h"

#include "base/codec.h"
#include "base/hash.h"

enum { DIGITS_MOST = 8 };

static void
hex_sum(uint32_t crc, bool upper, char *out)
{
	codec_digits(crc, upper ? "0123456789ABCDEF" : codec_base36, 16, out,
		8);
}

static bool
base64_le_sum(uint32_t crc, char *out)
{
	uint8_t raw[4];
	struct buf text;
	bool ok;

	for (int i = 0; i < 4; i++)
		raw[i] = (uint8_t)(crc >> 8 * i);
	buf_init(&text, DIGITS_MOST);
	ok = codec_base64_encode(&text, span_of(raw, 4), CODEC_BASE64, false);
	if (ok)
		memcpy(out, text.ptr, text.len);
	buf_free(&text);
	return ok;
}

size_t
crc_digits(uint32_t crc, enum crc_form form, char out[8])
{
	switch (form) {
	case CRC_BASE62:
		codec_digits(crc, codec_base62_upper, 62, out, 6);
		return 6;
	case CRC_BASE62_LOWER_FIRST:
		codec_digits(crc, codec_base62_lower, 62, out, 6);
		return 6;
	case CRC_HEX:
		hex_sum(crc, false, out);
		return 8;
	case CRC_HEX_UPPER:
		hex_sum(crc, true, out);
		return 8;
	case CRC_HEX_LE:
		hex_sum(__builtin_bswap32(crc), false, out);
		return 8;
	case CRC_BASE64_LE:
		return base64_le_sum(crc, out) ? 6 : 0;
	}
	return 0;
}

enum check_result
crc_check(struct span s, const struct crc_scheme *scheme)
{
	char digits[DIGITS_MOST];
	size_t width, prefix, parted, least, at;
	struct span body;

	if (!span_starts(s, scheme->prefix))
		return CHECK_NA;
	prefix = strlen(scheme->prefix);
	parted = scheme->flags & CRC_PARTED ? 1 : 0;
	width = crc_digits(0, scheme->form, digits);
	least = prefix + scheme->body + parted + width;
	if (width == 0 || s.len < least ||
	    (s.len > least && !(scheme->flags & CRC_LONGER)))
		return CHECK_NA;
	at = s.len - width;
	if (parted && s.ptr[at - 1] != '_')
		return CHECK_NA;
	body = span_first(s, at - parted);
	if (!(scheme->flags & CRC_PREFIXED))
		body = span_skip(body, prefix);
	crc_digits(hash_crc32(body), scheme->form, digits);
	return memcmp(digits, s.ptr + at, width) ? CHECK_FAIL : CHECK_PASS;
}

enum check_result
crc_check_any(struct span s, const struct crc_scheme *schemes, size_t n)
{
	enum check_result result = CHECK_NA;

	for (size_t i = 0; i < n && result == CHECK_NA; i++)
		result = crc_check(s, &schemes[i]);
	return result;
}

/*
 * npm: GitHub's scheme, announced by GitHub for npm in 2021.  Few real tokens
 * have been seen with it, and granular ones came later: a fail keeps.
 */
enum check_result
check_npm_token(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme scheme = { "npm_", 30, CRC_BASE62, 0 };

	return crc_check(c->secret, &scheme);
}

/* Vercel: eight of ten tokens seen have it, but from two places only, and
   the vendor does not state the algorithm: a fail keeps. */
enum check_result
check_vercel_token(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme schemes[] = {
		{ "vcp_", 50, CRC_BASE62, 0 }, { "vci_", 50, CRC_BASE62, 0 },
		{ "vca_", 50, CRC_BASE62, 0 }, { "vcr_", 50, CRC_BASE62, 0 },
		{ "vck_", 50, CRC_BASE62, 0 }, { "vcb_", 50, CRC_BASE62, 0 },
		{ "vct_", 50, CRC_BASE62, 0 },
	};

	return crc_check_any(c->secret, schemes,
		sizeof schemes / sizeof *schemes);
}

/* Grafana: its own source refuses a token with another checksum
   (grafana/grafana, pkg/components/satokengen/tokengen.go): a fail drops. */
enum check_result
check_grafana_service(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme scheme = {
		"glsa_", 32, CRC_HEX_LE, CRC_PARTED | CRC_PREFIXED
	};

	return crc_check(c->secret, &scheme);
}

/* Bitbucket app passwords: one of three seen has it: a fail keeps. */
enum check_result
check_atlassian_app_password(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme scheme = {
		"ATBB", 24, CRC_HEX_UPPER, CRC_PREFIXED
	};

	return crc_check(c->secret, &scheme);
}

/* Confluent: one of two seen has it: a fail keeps. */
enum check_result
check_confluent_key(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme scheme = {
		"cflt", 54, CRC_BASE64_LE, 0
	};

	return crc_check(c->secret, &scheme);
}

/* Zuplo: two of three seen have it: a fail keeps. */
enum check_result
check_zuplo_key(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme scheme = {
		"zpka_", 32, CRC_HEX, CRC_PARTED
	};

	return crc_check(c->secret, &scheme);
}

/* Apify: found by trial, two of three seen have it: a fail keeps. */
enum check_result
check_apify_token(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme scheme = {
		"apify_api_", 30, CRC_BASE62_LOWER_FIRST, CRC_PREFIXED
	};

	return crc_check(c->secret, &scheme);
}

/* SaladCloud: found by trial on two tokens, of which both bodies had 43
   characters; nobody says that all have: a fail keeps. */
enum check_result
check_saladcloud_key(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme schemes[] = {
		{ "salad_cloud_user_", 32, CRC_BASE62, CRC_LONGER },
		{ "salad_cloud_org_", 32, CRC_BASE62, CRC_LONGER },
	};

	return crc_check_any(c->secret, schemes,
		sizeof schemes / sizeof *schemes);
}

/*
 * Cloudflare states "40 characters and a checksum" and not which
 * (developers.cloudflare.com, API token formats).  CRC-32 fits one of four
 * bodies seen: a pass is no accident, a fail says nothing.
 */
enum check_result
check_cloudflare_token(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme schemes[] = {
		{ "cfk_", 40, CRC_HEX, 0 }, { "cfut_", 40, CRC_HEX, 0 },
		{ "cfat_", 40, CRC_HEX, 0 }
	};

	return crc_check_any(c->secret, schemes, 3) == CHECK_PASS ?
		CHECK_PASS : CHECK_NA;
}

/* Polar: its own source makes such tokens since 2025
   (polarsource/polar, server/polar/kit/crypto.py).  Older ones have 43 free
   characters: a fail keeps. */
enum check_result
check_polar_token(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme schemes[] = {
		{ "polar_oat_", 37, CRC_BASE62, 0 },
		{ "polar_pat_", 37, CRC_BASE62, 0 },
		{ "polar_at_u_", 37, CRC_BASE62, 0 },
		{ "polar_at_o_", 37, CRC_BASE62, 0 },
		{ "polar_rt_u_", 37, CRC_BASE62, 0 },
		{ "polar_rt_o_", 37, CRC_BASE62, 0 },
		{ "polar_cs_", 37, CRC_BASE62, 0 },
		{ "polar_crt_", 37, CRC_BASE62, 0 },
		{ "polar_cst_", 37, CRC_BASE62, 0 },
		{ "polar_whs_", 37, CRC_BASE62, 0 },
	};

	return crc_check_any(c->secret, schemes,
		sizeof schemes / sizeof *schemes);
}
