/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fan.h - spare hands of a crew: threads that scan parcels of a worker's
 * archive while no other item waits for them.
 *
 *	worker: fan_give ... fan_wait
 *
 * A hand takes a parcel only while fewer workers and hands are busy than jobs
 * were asked for.  Hands are hired when there is something for them to do.
 */
#ifndef RUN_FAN_H
#define RUN_FAN_H

#include "run/parcel.h"

struct crew;
struct fan;
struct worker;

struct fan *fan_new(struct crew *crew);	/* NULL: out of memory */
void fan_free(struct fan *f);		/* waits for all hands */

/* False: none is free; the caller may do it. */
bool fan_give(struct fan *f, struct parcel *p);
/*
 * Until p, which was given, is scanned.  False: nobody has begun with it, and
 * the caller has it back.
 */
bool fan_wait(struct fan *f, struct parcel *p);

/* Scans it with this worker's scanner; events and p->result say the rest. */
void fan_scan(struct worker *w, struct parcel *p);

#endif
