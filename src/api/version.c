/* SPDX-License-Identifier: Apache-2.0 */
/* version.c - what this library is, and what it was linked with. */
#include <stdio.h>
#include <string.h>

#include "base/re.h"
#include "engine/engine.h"

const char *
stanch_version(void)
{
	return STANCH_VERSION;
}

const char *
stanch_version_details(char *buf, size_t size)
{
	char pcre2[64];

	re_version(pcre2, sizeof pcre2);
	snprintf(buf, size, "Hyperscan %.*s, PCRE2 %s",
		(int)strcspn(engine_version(), " "), engine_version(), pcre2);
	return buf;
}
