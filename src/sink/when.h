/* SPDX-License-Identifier: Apache-2.0 */
/* when.h - dates of commits as reports show them. */
#ifndef SINK_WHEN_H
#define SINK_WHEN_H

#include <stdbool.h>
#include <stdint.h>

enum {
	WHEN_DATE = 32,		/* room for "2026-01-02T03:04:05+01:00" */
	WHEN_DAY = 10		/* of which the day is the first part */
};

/*
 * The time, in the zone it was written in (minutes east), as RFC 3339 has it.
 * False: not in the years 0 to 9999.
 */
bool when_date(char out[WHEN_DATE], int64_t time, int zone);
/* Whole days from then to now; a time to come is 0 days ago. */
uint64_t when_days(int64_t then, int64_t now);

#endif
