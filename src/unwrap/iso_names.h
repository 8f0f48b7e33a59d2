/* SPDX-License-Identifier: Apache-2.0 */
/* iso_names.h - what a file in an ISO 9660 image is called. */
#ifndef UNWRAP_ISO_NAMES_H
#define UNWRAP_ISO_NAMES_H

#include "unwrap/unwrap_private.h"

/* Each appends the name to b.  UTF-16, the greater byte first: */
void iso_names_joliet(struct buf *b, struct span name);
/* Upper case, with a version behind it: */
void iso_names_plain(struct buf *b, struct span name);
/* What Rock Ridge has behind it, in the record r.  False: nothing. */
bool iso_names_rock(struct buf *b, struct span r);

#endif
