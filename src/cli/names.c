/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - lists of names: see names.h. */
#include "cli/names.h"

#include <string.h>

static void
say_unknown(const struct cli *cli, const char *option, const char *list,
	size_t n, name_fn *name)
{
	char known[128] = "";

	for (size_t i = 0, at = 0; name(i) && at < sizeof known; i++)
		at += (size_t)snprintf(known + at, sizeof known - at, "%s%s",
			i ? ", " : "", name(i));
	say(cli, "option '--%s': '%.*s' is none of %s", option, (int)n, list,
		known);
}

bool
names_read(unsigned *bits, const struct cli *cli, const char *option,
	const char *list, name_fn *name)
{
	size_t n, i, all = 0;

	while (name(all))
		all++;
	*bits = strcmp(list, "all") ? 0 : (1U << all) - 1;
	if (*bits || !strcmp(list, "none"))
		return true;
	for (; *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		for (i = 0; i < all; i++)
			if (strlen(name(i)) == n &&
				!strncmp(name(i), list, n))
				break;
		if (i == all) {
			say_unknown(cli, option, list, n, name);
			return false;
		}
		*bits |= 1U << i;
	}
	return true;
}
