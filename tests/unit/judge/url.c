/* SPDX-License-Identifier: Apache-2.0 */
/* url.c - passwords in URLs: real ones, and those of manuals. */
#include <criterion/criterion.h>

#include "judge/checks.h"

/* The URL with its password between two bars; the match is all but they. */
static bool
is_dropped(const char *url)
{
	const char *first = strchr(url, '|'), *last = strrchr(url, '|');
	struct judge_case c = { .place = "" };
	struct judgement j = { .keep = true };
	char text[512];
	size_t at = (size_t)(first - url), n = (size_t)(last - first) - 1;

	memcpy(text, url, at);
	memcpy(text + at, first + 1, n);
	memcpy(text + at + n, last + 1, strlen(last + 1));
	c.match = span_of(text, strlen(url) - 2);
	c.secret = span_of(text + at, n);
	return check_url_password(&c, &j) == CHECK_FAIL && j.nreasons == 1;
}

Test(judge_url, made_up_passwords_are_dropped)
{
	static const char *const made_up[] = {
		"https://user:|pass|@host.corp", "db://user:|password|@db.corp",
		"db://u:|PASSWORD|@db.corp", "db://u:|passwd|@db.corp",
		"db://u:|secret|@db.corp", "db://u:|xxx|@db.corp",
		"db://u:|***|@db.corp", "db://u:|********|@db.corp",
		"db://u:|%s|@db.corp", "db://u:|${PASS}|@db.corp",
		"db://u:|$PASS|@db.corp", "db://u:|{{pass}}|@db.corp",
		"db://u:|{pass}|@db.corp", "db://u:|<pass>|@db.corp",
		"db://u:|%24%7BPASS%7D|@db.corp", "db://u:|%3Cpass%3E|@db.corp",
		"db://u:|your_password|@db.corp", "db://u:|changeme|@db.corp",
		"db://u:|example|@db.corp", "db://u:|12345678|@db.corp",
		"db://u:|[password]|@db.corp", "db://u:|mypassword1|@db.corp",
		"db://bob:|Kq2mZp91|@example.com",
		"db://bob:|Kq2mZp91|@db.example.org:5432/x",
		"db://bob:|Kq2mZp91|@db.test", "db://bob:|Kq2mZp91|@host",
		"db://postgres:|postgres|@localhost:5432/db",
		"db://root:|root|@127.0.0.1",
		"db://guest:|guest|@rabbitmq:5672",
		"db://admin:|admin123|@[::1]:80", "db://app:|1234|@db:5432",
		"db://bob:|bob|@localhost",
	};

	for (size_t i = 0; i < sizeof made_up / sizeof *made_up; i++)
		cr_expect(is_dropped(made_up[i]), "%s", made_up[i]);
}

Test(judge_url, passwords_that_may_be_real_are_kept)
{
	static const char *const real[] = {
		"db://bob:|Kq2mZp91|@db.corp", "db://bob:|Kq2mZp91|@localhost",
		"db://:|Kq2mZp91|@redis:6379/0", "db://bob:|sunflower|@db.corp",
		"db://postgres:|postgres|@db.corp.com",
		"db://bob:|p%40Kq2m|@x.io",
		"https://oauth2" ":|Kq2mZp91LwT5vBn3Rd|@git.corp/x.git",
		"db://bob:|Sup3r$ecret!|@db.corp", "db://bob:|1q9z|@10.1.2.3",
		"db://bob:|Kq2mZp91|@notexample.com",
		"db://bob:|password-Kq2mZp91|@db.corp",
	};

	for (size_t i = 0; i < sizeof real / sizeof *real; i++)
		cr_expect_not(is_dropped(real[i]), "%s", real[i]);
}
