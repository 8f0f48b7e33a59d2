/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_config.c - secrets of configurations that are only scrambled: what
 * comes out must look like a password.  And keys of WireGuard.
 */
#include "base/aes.h"
#include "base/codec.h"
#include "base/scramble.h"
#include "judge/checks.h"

enum { CPASSWORD_MOST = 512, TYPE_7_MOST = 64 };	/* bytes decoded */

static bool
is_printable(uint8_t c)
{
	return c >= 0x20 && c < 0x7f;
}

/* UTF-16, least byte first; padding that fits has odds of 2^-8 alone. */
static bool
is_utf16(struct span s)
{
	if (s.len == 0 || s.len % 2)
		return false;
	for (size_t i = 0; i < s.len; i += 2)
		if (s.ptr[i + 1] == 0 && !is_printable(s.ptr[i]))
			return false;
	return true;
}

/* [MS-GPPREF] 2.2.1.1.4: base64, its padding left out, of AES-256-CBC with
   the key that it states, of UTF-16. */
enum check_result
check_gpp_cpassword(const struct judge_case *c, struct judgement *out)
{
	struct buf raw, clear;
	bool ok;

	buf_init(&raw, CPASSWORD_MOST);
	buf_init(&clear, CPASSWORD_MOST);
	ok = codec_base64_decode(&raw, c->secret, CODEC_BASE64) &&
		aes_cbc_decrypt(&clear, buf_span(&raw), scramble_gpp) &&
		is_utf16(buf_span(&clear));
	buf_free(&raw);
	buf_free(&clear);
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/* Two digits say where in the table it begins. */
enum check_result
check_cisco_type_7(const struct judge_case *c, struct judgement *out)
{
	struct buf raw;
	size_t at;
	bool ok;

	if (c->secret.len < 4 || c->secret.ptr[0] < '0' ||
	    c->secret.ptr[0] > '1' || c->secret.ptr[1] < '0' ||
	    c->secret.ptr[1] > '9')
		return CHECK_NA;
	at = (size_t)(10 * (c->secret.ptr[0] - '0') + c->secret.ptr[1] - '0');
	buf_init(&raw, TYPE_7_MOST);
	ok = codec_hex_decode(&raw, span_skip(c->secret, 2));
	for (size_t i = 0; ok && i < raw.len; i++)
		ok = is_printable(raw.ptr[i] ^ (uint8_t)scramble_cisco[
			(at + i) % (sizeof scramble_cisco - 1)]);
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/*
 * wireguard-tools, genkey.c: five bits of a private key are set as RFC 7748
 * section 5 says.  Other programs leave that to the one who uses the key.
 */
enum check_result
check_wireguard_key(const struct judge_case *c, struct judgement *out)
{
	struct buf raw;
	bool ok;

	buf_init(&raw, 32);
	ok = codec_base64_decode(&raw, c->secret, CODEC_BASE64) &&
		raw.len == 32 && !(raw.ptr[0] & 7) &&
		(raw.ptr[31] & 0xc0) == 0x40;
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_NA;
}
