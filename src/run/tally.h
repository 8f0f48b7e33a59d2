/* SPDX-License-Identifier: Apache-2.0 */
/* tally.h - counting what was found and what was not looked at. */
#ifndef RUN_TALLY_H
#define RUN_TALLY_H

#include "base/gap.h"
#include "finding/finding.h"

void tally_finding(struct stanch_tally *t, const struct stanch_finding *f);
void tally_gap(struct stanch_tally *t, const struct gap *g);

#endif
