/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/wait.h>

#include "report.h"

static const char summary[] =
	"{\"type\":\"summary\",\"tool\":\"stanch\",\"version\":\""
	STANCH_VERSION "\",\"rules\":7,\"rules_digest\":\"" DIGEST "\","
	"\"complete\":false,\"items\":3,\"objects\":5,\"members\":6,"
	"\"bytes\":4,\"decoded\":7,"
	"\"findings\":1,"
	"\"by_confidence\":{\"proven\":1,\"shaped\":0,\"contextual\":0,"
	"\"heuristic\":0},\"by_severity\":{\"critical\":1,\"high\":0,"
	"\"medium\":0,\"low\":0,\"info\":0},\"links\":2,"
	"\"repositories\":2,\"not_asked\":1,\"let_pass\":4,"
	"\"gaps\":1,"
	"\"by_gap\":{\"unreadable\":1,\"vanished\":0,\"special\":0,"
	"\"over-limit\":0,\"history\":0,\"loop\":0,\"pseudo\":0,"
	"\"name\":0,\"corrupt\":0,\"missing\":0,\"time\":0,"
	"\"encrypted\":0,\"format\":0,\"crashed\":0}}\n";

static const struct stanch_tally tally = { .items = 3, .members = 6,
	.decoded = 7, .objects = 5,
	.repositories = 2, .not_asked = 1, .let_pass = 4, .bytes = 4,
	.findings = 1, .by_confidence = { 0, 0, 0, 1 },
	.by_severity = { 0, 0, 0, 0, 1 }, .links = 2, .gaps = 1,
	.by_gap = { 1 }, .seconds = 17 };

Test(sink_jsonl, records_are_lines_with_members_in_a_fixed_order)
{
	struct report r = { .opt.show_secrets = false };
	struct stanch_finding f = finding_at("src/a.py");
	struct gap g = gap_at("b");
	const char *p;

	f.secret = span_str("s3cret");
	report_begin(&r, "jsonl");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	cr_assert_eq(sink_gap(r.sink, &g, NULL), STANCH_OK);
	report_end(&r, &tally);
	p = r.text;
	cr_assert_str_eq(strstr(p, "{\"type\":\"summary"), summary);
	*strstr(p, "{\"type\":\"summary") = 0;
	cr_assert_str_eq(p, "{\"type\":\"finding\",\"rule_id\":\"rule-a\","
		"\"description\":\"A thing\",\"provider\":\"maker\","
		"\"path\":\"src/a.py\",\"line\":2,\"column\":3,\"start\":10,"
		"\"end\":30,\"confidence\":\"proven\","
		"\"severity\":\"critical\","
		"\"reasons\":[\"it ends in its checksum\","
		"\"it looks random\"],"
		"\"preview\":\"tok_************ (20 bytes)\","
		"\"fingerprint\":\"l1:00112233445566778899aabbccddeeff\","
		"\"remediation\":\"Revoke it.\"}\n"
		"{\"type\":\"gap\",\"path\":\"b\",\"reason\":\"unreadable\","
		"\"detail\":\"Permission denied\"}\n");
	report_free(&r);
}

Test(sink_jsonl, secrets_are_shown_only_when_asked_for)
{
	struct report r = { .opt.show_secrets = true };
	struct stanch_finding f = finding_at("p");

	f.secret = span_str("s3cret\xff");
	report_begin(&r, "jsonl");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	report_end(&r, &tally);
	cr_assert_not_null(strstr(r.text, "\"secret\":\"s3cret\xef\xbf\xbd\","
		"\"secret_" "b64\":\"czNjcmV0/w==\","));
	report_free(&r);
}

/* Feeds text to the checker; its exit status. */
static int
check(const char *text)
{
	int p[2], status;
	pid_t pid;

	cr_assert_eq(access("tests/schema.py", R_OK), 0,
		"run this from the top of the source tree");
	cr_assert_eq(pipe(p), 0);
	pid = fork();
	if (pid == 0) {
		dup2(p[0], 0);
		close(p[0]);
		close(p[1]);
		execlp("python3", "python3", "tests/schema.py",
			"docs/finding.schema.json", (char *)NULL);
		_exit(127);
	}
	close(p[0]);
	signal(SIGPIPE, SIG_IGN);
	cr_assert_eq(write(p[1], text, strlen(text)), (ssize_t)strlen(text));
	close(p[1]);
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(sink_jsonl, reports_keep_to_their_schema)
{
	static const char evil[] = "\x1b[2J\n\"\\\xff\xc3\xa9";
	struct report r = { .opt.show_secrets = true };
	struct stanch_finding f = finding_at("src/a.py");
	struct gap g = gap_at(evil);

	report_begin(&r, "jsonl");
	for (int i = STANCH_INFO; i <= STANCH_CRITICAL; i++) {
		f.severity = (enum stanch_severity)i;
		f.confidence = (enum stanch_confidence)(i % 4);
		f.nreasons = (size_t)i % 2;
		f.secret = i % 2 ? span_str(evil) : span_of(NULL, 0);
		f.place = i % 2 ? evil : "plain";
		f.rule = i % 2 ? &rule_a : &rule_b;
		cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	}
	for (int i = 0; i < STANCH_GAP_COUNT; i++) {
		g.why = (enum stanch_gap)i;
		g.bytes = i % 2 ? GAP_BYTES_UNKNOWN : 12345;
		cr_assert_eq(sink_gap(r.sink, &g, NULL), STANCH_OK);
	}
	report_end(&r, &tally);
	cr_assert_eq(check(r.text), 0);
	report_free(&r);
}

/* The schema refuses what it should: a checker that takes all is none. */
Test(sink_jsonl, the_schema_refuses_other_records)
{
	char text[sizeof summary + 100];

	cr_assert_eq(check(summary), 0);
	cr_assert_eq(check("{\"type\":\"gap\",\"path\":\"b\","
		"\"reason\":\"unreadable\",\"detail\":\"d\"}\n"), 1);
	snprintf(text, sizeof text, "{\"type\":\"other\"}\n%s", summary);
	cr_assert_eq(check(text), 1);
	snprintf(text, sizeof text, "%s%s", "{\"type\":\"gap\",\"path\":\"b\","
		"\"reason\":\"bored\",\"detail\":\"d\"}\n", summary);
	cr_assert_eq(check(text), 1);
	snprintf(text, sizeof text, "not json\n%s", summary);
	cr_assert_eq(check(text), 1);
}

Test(sink_jsonl, a_place_in_git_says_how_it_is_reached_and_since_when)
{
	struct report r = { .opt = { .all_places = true,
		.now = 1767323045 + 3 * 86400 } };
	struct origin o = { .object = "aa", .reach = "branch main",
		.commit = "bb", .author = "", .time = 1767323045, .zone = 60,
		.dated = true, .in_head = true };
	struct finding_place other = { .place = "b", .start = 1, .end = 2,
		.line = 3, .column = 4 };
	struct stanch_finding f = finding_at("r/.git!aa:a");

	f.origin = &o;
	f.others = &other;
	f.nothers = 1;
	report_begin(&r, "jsonl");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	report_end(&r, &tally);
	cr_assert_not_null(strstr(r.text, "\"end\":30,\"git\":{\"object\":"
		"\"aa\",\"reach\":\"branch main\",\"commit\":\"bb\","
		"\"date\":\"2026-01-02T04:04:05+01:00\",\"age_days\":3,"
		"\"in_head\":true},\"places\":2,\"other_places\":[{\"path\":"
		"\"b\",\"line\":3,\"column\":4,\"start\":1,\"end\":2}],"
		"\"confidence\""));
	report_free(&r);
}
