/* SPDX-License-Identifier: Apache-2.0 */
/* pseudonym.c - one name for one secret: what of its bytes counts. */
#include "scan/pseudonym.h"

#include "judge/pem.h"

/* An armour checksum follows from the body, and is not asked for. */
static bool
set_of_key(struct stanch_finding *f, struct span secret, struct span key)
{
	struct buf body, crc;
	struct pem pem;
	bool ok;

	buf_init(&body, PEM_MOST);
	buf_init(&crc, PEM_MOST);
	ok = pem_open(&pem, secret) &&
		pem_base64(&pem, PEM_LONGEST, 0, &body, &crc);
	/* No armour after all: its bytes as they are. */
	ok = !pem.text.failed && !body.failed && !crc.failed &&
		finding_pseudonym(f, ok && body.len ? buf_span(&body) :
		secret, key);
	pem_free(&pem);
	buf_free(&body);
	buf_free(&crc);
	return ok;
}

bool
pseudonym_set(struct stanch_finding *f, struct span secret, struct span key)
{
	return f->rule->block == RULE_BLOCK_PEM ?
		set_of_key(f, secret, key) : finding_pseudonym(f, secret, key);
}
