/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pem.h - armoured text as it is found: in JSON strings with \n, in source
 * code with quotes, in logs with something before each line, on one line,
 * cut short.  What is in the armour is the caller's business.
 */
#ifndef JUDGE_PEM_H
#define JUDGE_PEM_H

#include "base/buf.h"

enum { PEM_MOST = 64 * 1024 };	/* bytes of armour looked at */

struct pem {
	struct buf text;	/* with escapes undone */
	struct span label;	/* "RSA PRIVATE KEY", in text */
	struct span body;	/* what follows up to the end mark, in text */
	bool ended;		/* there is an end mark */
	bool old_encrypted;	/* a header says so (RFC 1421) */
};

/* How to tell base64 from what else a line holds. */
enum pem_view {
	PEM_ALL,	/* all runs of base64 characters are it */
	PEM_INDENTED,	/* the same, without each line's beginning */
	PEM_LONGEST,	/* the longest run of a line is it */
	PEM_VIEWS
};

/*
 * Reads -----BEGIN label----- and finds the end mark.  False: no such armour,
 * or no memory.  Free with pem_free(), whatever was returned.
 */
bool pem_open(struct pem *pem, struct span armour);
void pem_free(struct pem *pem);

/*
 * Appends the base64 characters of the body, headers left out, and the four
 * of an armour checksum to crc, when there is one.  indent: what PEM_INDENTED
 * takes off each line.  False: no memory.
 */
bool pem_base64(const struct pem *pem, enum pem_view view, size_t indent,
	struct buf *out, struct buf *crc);

/* How many characters of the body may be key: in runs of 16 and more. */
size_t pem_material(const struct pem *pem);

#endif
