/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_macaroon.c - PyPI's tokens: "pypi-" and base64url of a macaroon,
 * binary format 2 (github.com/rescrv/libmacaroons, doc/format.txt):
 *
 *	02 [location] identifier EOS caveat* EOS signature
 *
 * A field is its type, its length as a varint, its bytes; EOS is one zero.  A
 * whole parse, so a pass proves; nothing known says that a fail could drop.
 */
#include "base/codec.h"
#include "judge/checks.h"

enum { EOS = 0, LOCATION = 1, IDENTIFIER = 2, VERIFICATION = 4,
	SIGNATURE = 6, SIGNATURE_BYTES = 32, RAW_MOST = 8192 };

static bool
varint(struct span *in, size_t *n)
{
	*n = 0;
	for (unsigned shift = 0; shift <= 14 && in->len; shift += 7) {
		uint8_t b = in->ptr[0];

		*in = span_skip(*in, 1);
		*n |= (size_t)(b & 0x7f) << shift;
		if (b < 0x80)
			return true;
	}
	return false;
}

/* Takes the field of this type, if it is the next. */
static bool
field(struct span *in, uint8_t type, struct span *body)
{
	struct span rest = span_skip(*in, 1);
	size_t n;

	if (in->len == 0 || in->ptr[0] != type || !varint(&rest, &n) ||
	    n > rest.len)
		return false;
	*body = span_first(rest, n);
	*in = span_skip(rest, n);
	return true;
}

static bool
end_of_section(struct span *in)
{
	if (in->len == 0 || in->ptr[0] != EOS)
		return false;
	*in = span_skip(*in, 1);
	return true;
}

/* Location, identifier, EOS; caveats have one thing more. */
static bool
section(struct span *in, bool caveat)
{
	struct span body;

	field(in, LOCATION, &body);
	if (!field(in, IDENTIFIER, &body))
		return false;
	if (caveat)
		field(in, VERIFICATION, &body);
	return end_of_section(in);
}

static bool
macaroon(struct span in)
{
	struct span signature;

	if (in.len == 0 || in.ptr[0] != 2)
		return false;
	in = span_skip(in, 1);
	if (!section(&in, false))
		return false;
	while (!end_of_section(&in))
		if (!section(&in, true))
			return false;
	return field(&in, SIGNATURE, &signature) &&
		signature.len == SIGNATURE_BYTES && in.len == 0;
}

enum check_result
check_pypi_token(const struct judge_case *c, struct judgement *out)
{
	struct buf raw;
	bool ok;

	if (!span_starts(c->secret, "pypi-"))
		return CHECK_NA;
	buf_init(&raw, RAW_MOST);
	ok = codec_base64_decode(&raw, span_skip(c->secret, 5),
		CODEC_BASE64URL) && macaroon(buf_span(&raw));
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_FAIL;
}
