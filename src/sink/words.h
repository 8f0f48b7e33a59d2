/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - numbers as people read them.  For text reports. */
#ifndef SINK_WORDS_H
#define SINK_WORDS_H

#include "base/buf.h"

/* "1,234 files", "1 file": the plural adds an s. */
bool words_count(struct buf *out, uint64_t n, const char *noun);
/* "312 bytes", "56.7 MiB". */
bool words_bytes(struct buf *out, uint64_t n);

#endif
