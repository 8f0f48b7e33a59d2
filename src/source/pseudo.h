/* SPDX-License-Identifier: Apache-2.0 */
/* pseudo.h - file systems whose files are views of the kernel. */
#ifndef SOURCE_PSEUDO_H
#define SOURCE_PSEUDO_H

/* Its name, "procfs", when fd lies on one; NULL else. */
const char *pseudo_name(int fd);

#endif
