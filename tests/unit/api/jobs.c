/* SPDX-License-Identifier: Apache-2.0 */
#include "fs.h"
#include "stanch.h"

static struct fs fs;
static struct stanch_engine *engine;

static void
begin(void)
{
	fs_begin(&fs);
	cr_assert_eq(stanch_engine_new(&engine, stanch_rules_builtin(), NULL,
		NULL), STANCH_OK);
}

static void
end(void)
{
	stanch_engine_free(engine);
	fs_end(&fs);
}

TestSuite(api_jobs, .init = begin, .fini = end, .timeout = 120);

/* A file for every rule's first example; the secrets, one after the other. */
static size_t
plant(char secrets[][200])
{
	const struct stanch_rules *rules = stanch_rules_builtin();
	size_t n = 0;

	for (size_t i = 0; i < stanch_rules_count(rules); i++) {
		const struct stanch_rule *rule = stanch_rules_get(rules, i);
		char text[16384];
		size_t len, from, to;

		if (stanch_rule_example(rule, true, 0, i, text, sizeof text,
			&len, &from, &to, NULL) != STANCH_OK)
			continue;
		fs_write(stanch_rule_id(rule), text, len);
		if (to - from >= sizeof *secrets)
			to = from + sizeof *secrets - 1;
		memcpy(secrets[n], text + from, to - from);
		secrets[n++][to - from] = '\0';
	}
	return n;
}

static char *
scan(unsigned jobs, bool show_secrets, struct stanch_tally *tally)
{
	struct stanch_run_options opt = { .size = sizeof opt, .jobs = jobs,
		.scan.show_secrets = show_secrets,
		.scan.least = STANCH_CONTEXTUAL };
	struct stanch_sink_options so = { .size = sizeof so,
		.show_secrets = show_secrets };
	int fd = open(P_tmpdir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	struct stanch_source *source;
	struct stanch_sink *sink;
	const char *path = ".";
	char *text;
	off_t n;

	cr_assert_eq(stanch_source_paths(&source, &path, 1, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_sink_open(&sink, "jsonl", fd, &so, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_run(engine, source, sink, &opt, tally, NULL),
		STANCH_OK);
	n = lseek(fd, 0, SEEK_END);
	text = calloc(1, (size_t)n + 1);
	cr_assert_eq(pread(fd, text, (size_t)n, 0), n);
	close(fd);
	stanch_sink_free(sink);
	stanch_source_free(source);
	return text;
}

Test(api_jobs, reports_are_the_same_for_any_jobs_and_hold_no_secret)
{
	static char secrets[2000][200];
	size_t n, shown = 0;
	struct stanch_tally t, u;
	char *one, *other;

	cr_assert_lt(stanch_rules_count(stanch_rules_builtin()), 2000);
	n = plant(secrets);
	one = scan(1, false, &t);
	cr_assert_gt(t.findings, n * 9 / 10);
	for (unsigned jobs = 2; jobs <= 8; jobs *= 4) {
		other = scan(jobs, false, &u);
		cr_assert_str_eq(other, one);
		free(other);
	}
	for (size_t i = 0; i < n; i++)
		if (strlen(secrets[i]) >= 8)
			cr_assert_null(strstr(one, secrets[i]));
	free(one);
	one = scan(2, true, &u);
	cr_assert_eq(u.findings, t.findings);
	for (size_t i = 0; i < n; i++)
		shown += strstr(one, secrets[i]) != NULL;
	cr_assert_gt(shown, n * 3 / 4);		/* the rest are escaped */
	free(one);
}
