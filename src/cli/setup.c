/* SPDX-License-Identifier: Apache-2.0 */
/* setup.c - rules and engine as the options ask for them. */
#include "cli/setup.h"

#include "cli/names.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct warn {
	const struct cli *cli;
	unsigned limits;
};

static void
on_warning(const struct stanch_error *warning, void *payload)
{
	struct warn *w = payload;
	char text[1024];

	w->limits += warning->result == STANCH_ELIMIT;
	if (!w->cli->opt.quiet)
		say(w->cli, "warning: %s",
			stanch_error_format(warning, text, sizeof text));
}

bool
setup_rules(struct setup *s, const struct cli *cli,
	const char *const *files, size_t n)
{
	struct warn warn = { cli, 0 };
	struct stanch_error err;

	s->rules = cli->opt.no_builtin ? NULL : stanch_rules_builtin();
	for (size_t i = 0; i < n; i++) {
		struct stanch_rules *next;

		if (stanch_rules_load(&next, s->rules, files[i], on_warning,
			&warn, &err) != STANCH_OK) {
			say_error(cli, &err);
			return false;
		}
		stanch_rules_free(s->loaded);
		s->rules = s->loaded = next;
	}
	s->limits = warn.limits;
	if (s->rules && stanch_rules_count(s->rules) > 0)
		return true;
	say(cli, "no rules: nothing could be found; %s",
		n ? "the rule files hold none" :
		"give --rules FILE with --no-builtin");
	return false;
}

static bool
read_matcher(enum stanch_matcher *out, const struct cli *cli)
{
	const char *name = getenv("STANCH_MATCHER");

	*out = STANCH_MATCHER_AUTO;
	if (!name || !*name || !strcmp(name, "auto"))
		return true;
	*out = STANCH_MATCHER_HYPERSCAN;
	if (!strcmp(name, "hyperscan"))
		return true;
	say(cli, "STANCH_MATCHER is neither auto nor hyperscan");
	return false;
}

bool
setup_engine(struct setup *s, const struct cli *cli)
{
	char dir[PATH_MAX];
	struct stanch_engine_options opt = {
		.size = sizeof opt,
		.cache_dir = setup_cache_dir(cli, dir, sizeof dir),
	};
	struct stanch_error err;
	const char *why;

	if (!read_matcher(&opt.matcher, cli))
		return false;
	if (stanch_engine_new(&s->engine, s->rules, &opt, &err) != STANCH_OK) {
		say_error(cli, &err);
		return false;
	}
	why = stanch_engine_store_failure(s->engine);
	if (cli->opt.cache_dir && why[0])
		say(cli, "warning: %s: not used: %s", cli->opt.cache_dir, why);
	return true;
}

enum stanch_confidence
setup_confidence(const struct cli *cli)
{
	const char *name = cli->opt.confidence;
	int c = STANCH_PROVEN;

	while (c > 0 && strcmp(name,
		stanch_confidence_name((enum stanch_confidence)c)) != 0)
		c--;
	return (enum stanch_confidence)c;
}

void
setup_free(struct setup *s)
{
	stanch_engine_free(s->engine);
	stanch_rules_free(s->loaded);
	stanch_sandbox_free(s->sandbox);
	*s = (struct setup){ 0 };
}

bool
setup_decode(unsigned *leave, const struct cli *cli)
{
	unsigned bits;

	if (!names_read(&bits, cli, "decode", cli->opt.decode,
		stanch_decode_name))
		return false;
	*leave = ~bits;
	return true;
}
