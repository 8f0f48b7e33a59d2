/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_rules.c - "stanch rules list|show|example|digest": the rules, shown. */
#include "cli/setup.h"

#include <string.h>

/* The rules as --rules and --no-builtin ask for them. */
static bool
load(struct setup *s, const struct cli *cli)
{
	*s = (struct setup){ 0 };
	return setup_rules(s, cli, cli->opt.rules.v, cli->opt.rules.n);
}

static const char *
next_id(void *from, size_t i)
{
	const struct stanch_rules *rules = from;

	return i < stanch_rules_count(rules) ?
		stanch_rule_id(stanch_rules_get(rules, i)) : NULL;
}

/* The rule that the first operand names; NULL, and said, when none is. */
static const struct stanch_rule *
named_rule(const struct setup *s, const struct cli *cli)
{
	const char *id = cli->args[0], *near;
	const struct stanch_rule *rule = stanch_rules_find(s->rules, id);

	if (rule)
		return rule;
	near = opt_nearest(id, next_id, (void *)s->rules);
	if (near)
		say(cli, "no rule '%s'; did you mean '%s'?", id, near);
	else
		say(cli, "no rule '%s'; see 'stanch rules list'", id);
	return NULL;
}

int
cmd_rules(struct cli *cli)
{
	opt_help_command(stderr, cli->cmd);
	return EXIT_TROUBLE;
}

/* ---- list ---- */

/* As RFC 8259 section 7 wants it; the text is UTF-8 by its source. */
static void
print_json(const char *key, const char *value, const char *after)
{
	printf("\"%s\":\"", key);
	for (const char *c = value; *c; c++) {
		if ((unsigned char)*c < 0x20)
			printf("\\u%04x", (unsigned)*c);
		else
			printf(*c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
	}
	printf("\"%s", after);
}

static void
print_record(const struct stanch_rule *r)
{
	putchar('{');
	print_json("id", stanch_rule_id(r), ",");
	print_json("provider", stanch_rule_provider(r), ",");
	print_json("category", stanch_rule_category(r), ",");
	print_json("severity",
		stanch_severity_name(stanch_rule_severity(r)), ",");
	print_json("confidence",
		stanch_confidence_name(stanch_rule_confidence(r)), ",");
	print_json("description", stanch_rule_description(r), "");
	printf(stanch_rule_is_part(r) ? ",\"part\":true}\n" : "}\n");
}

static int
widest_id(const struct stanch_rules *rules)
{
	size_t most = 2;

	for (size_t i = 0; i < stanch_rules_count(rules); i++) {
		size_t n = strlen(stanch_rule_id(stanch_rules_get(rules, i)));

		most = n > most ? n : most;
	}
	return (int)most;
}

static void
print_table(const struct stanch_rules *rules)
{
	int wide = widest_id(rules);

	printf("%-*s  %-8s  %-10s  %s\n", wide, "ID", "SEVERITY",
		"CONFIDENCE", "DESCRIPTION");
	for (size_t i = 0; i < stanch_rules_count(rules); i++) {
		const struct stanch_rule *r = stanch_rules_get(rules, i);

		printf("%-*s  %-8s  %-10s  %s\n", wide, stanch_rule_id(r),
			stanch_severity_name(stanch_rule_severity(r)),
			stanch_confidence_name(stanch_rule_confidence(r)),
			stanch_rule_description(r));
	}
}

int
cmd_rules_list(struct cli *cli)
{
	struct setup s;

	if (!load(&s, cli))
		return EXIT_TROUBLE;
	if (!strcmp(cli->opt.format, "text"))
		print_table(s.rules);
	else
		for (size_t i = 0; i < stanch_rules_count(s.rules); i++)
			print_record(stanch_rules_get(s.rules, i));
	setup_free(&s);
	return EXIT_CLEAN;
}

/* ---- show ---- */

static void
print_field(const char *name, const char *value)
{
	if (*value)
		printf("  %-12s %s\n", name, value);
}

typedef const char *item_fn(const struct stanch_rule *r, size_t i);

static void
print_items(const char *name, const struct stanch_rule *r, item_fn *item)
{
	const char *value;

	for (size_t i = 0; (value = item(r, i)); i++)
		print_field(i ? "" : name, value);
}

static void
print_rule(const struct stanch_rule *r)
{
	uint32_t line;
	const char *file = stanch_rule_file(r, &line);

	printf("%s: %s\n", stanch_rule_id(r), stanch_rule_description(r));
	print_field("provider", stanch_rule_provider(r));
	print_field("category", stanch_rule_category(r));
	print_field("severity",
		stanch_severity_name(stanch_rule_severity(r)));
	print_field("confidence",
		stanch_confidence_name(stanch_rule_confidence(r)));
	print_field("expression", stanch_rule_regex(r));
	print_items("words", r, stanch_rule_word);
	print_items("shapes", r, stanch_rule_shape);
	if (*file)
		printf("  %-12s %s:%u\n", "declared in", file, line);
	if (stanch_rule_is_part(r))
		print_field("is", "a part of what others find, no secret");
	print_items("with", r, stanch_rule_with);
	print_field("what to do", stanch_rule_remediation(r));
	print_items("see", r, stanch_rule_reference);
}

int
cmd_rules_show(struct cli *cli)
{
	const struct stanch_rule *rule;
	struct setup s;

	if (!load(&s, cli))
		return EXIT_TROUBLE;
	rule = named_rule(&s, cli);
	if (rule)
		print_rule(rule);
	setup_free(&s);
	return rule ? EXIT_CLEAN : EXIT_TROUBLE;
}

/* ---- example, digest ---- */

static bool
print_example(const struct cli *cli, const struct stanch_rule *rule)
{
	static char text[64 * 1024];
	size_t len, start, end;
	struct stanch_error err;

	if (stanch_rule_example(rule, !cli->opt.negative, cli->opt.index - 1,
		cli->opt.seed, text, sizeof text, &len, &start, &end,
		&err) != STANCH_OK) {
		say_error(cli, &err);
		return false;
	}
	fwrite(text, 1, len, stdout);
	putchar('\n');
	return true;
}

int
cmd_rules_example(struct cli *cli)
{
	const struct stanch_rule *rule;
	struct setup s;
	bool ok;

	if (!load(&s, cli))
		return EXIT_TROUBLE;
	rule = named_rule(&s, cli);
	ok = rule && print_example(cli, rule);
	setup_free(&s);
	return ok ? EXIT_CLEAN : EXIT_TROUBLE;
}

int
cmd_rules_digest(struct cli *cli)
{
	struct setup s;

	if (!load(&s, cli))
		return EXIT_TROUBLE;
	puts(stanch_rules_digest(s.rules));
	setup_free(&s);
	return EXIT_CLEAN;
}
