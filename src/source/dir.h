/* SPDX-License-Identifier: Apache-2.0 */
/* dir.h - directories of the walk: for the source room alone. */
#ifndef SOURCE_DIR_H
#define SOURCE_DIR_H

/* A directory held open by the walk and by batches, whoever is last. */
struct dir;

struct dir *dir_new(int fd);	/* owns fd, even on failure (NULL) */
int dir_fd(const struct dir *d);
struct dir *dir_hold(struct dir *d);	/* from any thread */
void dir_drop(struct dir *d);

#endif
