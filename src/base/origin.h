/* SPDX-License-Identifier: Apache-2.0 */
/*
 * origin.h - how a place inside a git repository came to be there: what
 * source finds out, run puts together and sink writes down.
 */
#ifndef BASE_ORIGIN_H
#define BASE_ORIGIN_H

#include <stdbool.h>
#include <stdint.h>

struct origin {
	const char *place;	/* "REPO/.git!OBJECT:path" */
	const char *object;	/* its id, in hex */
	const char *reach;	/* "branch main", "dangling", ... */
	const char *commit;	/* the first that brought it; "": none known */
	const char *author;	/* "" unless asked for */
	int64_t time;		/* of that commit or tag, by its author */
	int zone;		/* minutes east of Greenwich */
	bool dated;		/* else time and zone mean nothing */
	bool in_head;		/* still in what HEAD has */
};

#endif
