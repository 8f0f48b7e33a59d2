/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - what is shown and what is kept of a measured plan. */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdio.h>

#include "plan.h"

void table_head(FILE *out);
/* One line for each row of the group; the number of targets missed. */
unsigned table_group(FILE *out, const struct group *g);
/* results.c: the whole plan, once it is measured. */
void table_json(FILE *out, const struct plan *plan, unsigned missed);

#endif
