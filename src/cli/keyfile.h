/* SPDX-License-Identifier: Apache-2.0 */
/* keyfile.h - the key of fingerprints, from a file that is private. */
#ifndef CLI_KEYFILE_H
#define CLI_KEYFILE_H

#include "base/buf.h"
#include "cli/cli.h"

enum { KEYFILE_MIN = 16, KEYFILE_MAX = 4096 };	/* bytes */

/*
 * Reads the file into *key, which the caller frees in any case.  False: it
 * was said why not.
 */
bool keyfile_read(struct buf *key, const struct cli *cli, const char *path);

#endif
