/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape_sign.h - escapes that show that something was encoded, so that a
 * stretch of bytes is looked at with all of them undone (view_escapes.c).
 *
 * Quoted-printable looks like much else.  What shows it is =3D, and a line that
 * goes on: one of the usual width, or not far behind a head that says so, shows
 * it for sure; another may as well be a setting without a value, or end in
 * base64.
 */
#ifndef SCAN_ESCAPE_SIGN_H
#define SCAN_ESCAPE_SIGN_H

#include "scan/escape.h"

/*
 * Whether such an escape begins at data.ptr[at], before which there are 256
 * bytes, or all; e->takes: how many bytes to go by, if none does.
 */
enum escape_answer escape_sign(struct span data, size_t at, bool final,
	struct escape *e);
/* Whether e, which stands there, can be of quoted-printable only. */
bool escape_sign_is_sure(struct span data, size_t at, const struct escape *e);
/*
 * Whether the last byte of data is an = that may become =3D.  Until that comes
 * it is what it stands for: it need not be held.
 */
bool escape_sign_may_come(struct span data, size_t at);

#endif
