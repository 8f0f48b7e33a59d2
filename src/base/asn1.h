/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asn1.h - the bit of DER (X.690) that private keys need: walking elements
 * and writing them.  What the elements mean is the caller's business.
 */
#ifndef BASE_ASN1_H
#define BASE_ASN1_H

#include "base/buf.h"

enum {
	ASN1_INTEGER = 0x02, ASN1_BIT_STRING = 0x03, ASN1_OCTET_STRING = 0x04,
	ASN1_NULL = 0x05, ASN1_OID = 0x06, ASN1_SEQUENCE = 0x30,
	ASN1_CONTEXT_0 = 0xa0, ASN1_CONTEXT_1 = 0xa1
};

/*
 * Takes the next element off *in.  False, and *in as it was, when there is
 * none of this tag, or its length is not minimal, over 2^24, or more than
 * there is.
 */
bool asn1_take(struct span *in, uint8_t tag, struct span *body);
/* The same for an INTEGER that is a non-negative small number. */
bool asn1_take_small(struct span *in, unsigned *value);

/* Appends an element; false when out is too small. */
bool asn1_put(struct buf *out, uint8_t tag, struct span body);
/* Appends a non-negative INTEGER given as big-endian bytes. */
bool asn1_put_integer(struct buf *out, struct span bytes);

#endif
