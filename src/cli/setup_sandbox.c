/* SPDX-License-Identifier: Apache-2.0 */
/* setup_sandbox.c - where archives are decoded, and what of it is missing. */
#include <stdio.h>

#include "cli/setup.h"

/* What a layer is called, and what its lack means. */
static const struct {
	unsigned layer;
	const char *lacks;
} layers[] = {
	{ STANCH_LAYER_SECCOMP,
		"the kernel has no seccomp, or this process may not use it" },
	{ STANCH_LAYER_LANDLOCK,
		"the kernel has no Landlock (Linux 5.13), or it is off" },
};

static bool
missing(const struct setup *s, const struct cli *cli)
{
	unsigned has = stanch_sandbox_layers(s->sandbox);
	bool must = cli->opt.require_sandbox;

	for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
		if (has & layers[i].layer)
			continue;
		if (must || !cli->opt.quiet)
			say(cli, must ? "no sandbox: %s" :
				"warning: less of a sandbox: %s",
				layers[i].lacks);
		if (must)
			return true;
	}
	return false;
}

/* Goes on without one, if that is allowed. */
static bool
go_without(const struct cli *cli, const struct stanch_error *err)
{
	char text[1024];

	stanch_error_format(err, text, sizeof text);
	if (cli->opt.require_sandbox)
		say(cli, "no sandbox: %s", text);
	else if (!cli->opt.quiet)
		say(cli, "warning: no sandbox, archives are decoded in the "
			"process that scans: %s", text);
	return !cli->opt.require_sandbox;
}

bool
setup_sandbox(struct setup *s, const struct cli *cli)
{
	const struct stanch_sandbox_options opt = {
		.size = sizeof opt,
		.memory = cli->opt.decoder_memory,
		.seconds = (unsigned)cli->opt.decoder_seconds,
	};
	struct stanch_error err;

	if (cli->opt.require_sandbox && cli->opt.sandbox[0] == 'o') {
		say(cli, "option '--require-sandbox' and '--sandbox off' "
			"exclude each other");
		return false;
	}
	if (cli->opt.no_archives || cli->opt.sandbox[0] == 'o')
		return true;
	if (stanch_sandbox_new(&s->sandbox, &opt, &err) != STANCH_OK)
		return go_without(cli, &err);
	return !missing(s, cli);
}
