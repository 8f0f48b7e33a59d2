/* SPDX-License-Identifier: Apache-2.0 */
/* shape.h - what a value looks like, if not like a secret. */
#ifndef JUDGE_SHAPE_H
#define JUDGE_SHAPE_H

#include "base/span.h"

/* Which bytes a value holds. */
struct shape {
	uint32_t digits, upper, lower;
	uint32_t high;		/* 0x80 and above */
	uint32_t plain;		/* signs of names and encodings */
	uint32_t strong;	/* the other signs: ! $ % and so on */
	bool hex;		/* hex digits of one case only */
};

struct shape shape_of(struct span s);

/* How many of lower, upper, digit, sign there are. */
unsigned shape_classes(const struct shape *f);

bool shape_is_uuid(struct span s);
/* Digits and the signs between them: numbers, dates, versions, addresses. */
bool shape_is_number(struct span s);
/* v1.2.3-rc1, 2024-01-02T03:04:05Z */
bool shape_is_version(struct span s);
bool shape_is_url(struct span s);	/* scheme://... */
bool shape_is_path(struct span s);	/* of a file */
bool shape_is_email(struct span s);
/* A digest by its prefix: sha256-, sha1:, $2b$, {SSHA}, ... */
bool shape_is_digest(struct span s);
/* Text that a tool encrypted: ENC[...], {cipher}, vault:v1:, !vault */
bool shape_is_sealed(struct span s);
/* Issued to be published: pk_live_, phc_, ssh-rsa ... */
bool shape_is_public(struct span s);
/* A symbol of a compiler: _ZN4core, _RNvCs */
bool shape_is_symbol(struct span s);
/* A regular expression, a list of alternatives, a condition. */
bool shape_is_pattern(struct span s);
/* A bare name or an expression of names: foo_bar1, this.x, obj->y, A::B */
bool shape_is_reference(struct span s);
/* Such a one with a scope: A::B */
bool shape_is_scoped(struct span s);

/* An entropy, in bits a byte, that all but very few of the random texts of
   the shape's alphabet and length reach. */
double shape_entropy_floor(size_t len, const struct shape *f);

#endif
