/* SPDX-License-Identifier: Apache-2.0 */
/* asn1.c - DER elements: one-byte tag, length, body. */
#include "base/asn1.h"

/* The length's own bytes and the length; 0 when it is malformed. */
static size_t
length_take(struct span in, size_t *len)
{
	size_t n = in.len > 1 ? in.ptr[1] : 0x80;

	*len = n;
	if (n < 0x80)
		return 1;
	n -= 0x80;
	if (n < 1 || n > 3 || in.len < 2 + n || in.ptr[2] == 0)
		return 0;
	*len = 0;
	for (size_t i = 0; i < n; i++)
		*len = *len << 8 | in.ptr[2 + i];
	return *len < 0x80 ? 0 : 1 + n;
}

bool
asn1_take(struct span *in, uint8_t tag, struct span *body)
{
	size_t len, head;

	if (in->len < 2 || in->ptr[0] != tag)
		return false;
	head = length_take(*in, &len);
	if (head == 0 || len > in->len - 1 - head)
		return false;
	*body = span_of(in->ptr + 1 + head, len);
	*in = span_of(in->ptr + 1 + head + len, in->len - 1 - head - len);
	return true;
}

bool
asn1_take_small(struct span *in, unsigned *value)
{
	struct span rest = *in, body;

	if (!asn1_take(&rest, ASN1_INTEGER, &body) || body.len != 1 ||
	    body.ptr[0] >= 0x80)
		return false;
	*value = body.ptr[0];
	*in = rest;
	return true;
}

static bool
head_put(struct buf *out, uint8_t tag, size_t len)
{
	uint8_t head[5] = { tag };
	size_t n = 1;

	if (len >= 1 << 24)
		return false;
	if (len < 0x80) {
		head[n++] = (uint8_t)len;
		return buf_append(out, head, n);
	}
	head[n++] = (uint8_t)(0x80 + 1 + (len > 0xff) + (len > 0xffff));
	if (len > 0xffff)
		head[n++] = (uint8_t)(len >> 16);
	if (len > 0xff)
		head[n++] = (uint8_t)(len >> 8);
	head[n++] = (uint8_t)len;
	return buf_append(out, head, n);
}

bool
asn1_put(struct buf *out, uint8_t tag, struct span body)
{
	return head_put(out, tag, body.len) &&
		buf_append(out, body.ptr, body.len);
}

bool
asn1_put_integer(struct buf *out, struct span bytes)
{
	bool sign;

	while (bytes.len && bytes.ptr[0] == 0)
		bytes = span_skip(bytes, 1);
	sign = bytes.len == 0 || bytes.ptr[0] >= 0x80;
	return head_put(out, ASN1_INTEGER, bytes.len + sign) &&
		(!sign || buf_byte(out, 0)) &&
		buf_append(out, bytes.ptr, bytes.len);
}
