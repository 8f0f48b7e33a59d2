/* SPDX-License-Identifier: Apache-2.0 */
/* when.c - dates, worked out without locale or the zone of the machine. */
#include "sink/when.h"

#include <stdio.h>
#include <time.h>

enum { DAY = 24 * 60 * 60, ZONE_MOST = 24 * 60 };

bool
when_date(char out[WHEN_DATE], int64_t time, int zone)
{
	struct tm tm;
	time_t local;
	int n;

	if (zone <= -ZONE_MOST || zone >= ZONE_MOST)
		zone = 0;
	if (__builtin_add_overflow(time, (int64_t)zone * 60, &local) ||
		!gmtime_r(&local, &tm) || tm.tm_year < -1900 ||
		tm.tm_year > 9999 - 1900)
		return false;
	n = snprintf(out, WHEN_DATE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
		tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		tm.tm_min, tm.tm_sec, zone < 0 ? '-' : '+',
		(zone < 0 ? -zone : zone) / 60, (zone < 0 ? -zone : zone) % 60);
	return n > 0 && n < WHEN_DATE;
}

uint64_t
when_days(int64_t then, int64_t now)
{
	int64_t s;

	if (__builtin_sub_overflow(now, then, &s) || s < 0)
		return 0;
	return (uint64_t)s / DAY;
}
