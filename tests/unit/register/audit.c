/* SPDX-License-Identifier: Apache-2.0 */
/* audit.c - a log that cannot be written, at each of its records. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "rule/rule.h"
#include "stanch.h"

static const struct stanch_rule rule = { .id = "acme" };
static struct buf log_text;
static int writes_left;

static bool
on_write(const void *data, size_t len, void *payload)
{
	return writes_left-- > 0 && buf_append(&log_text, data, len);
}

static void
begin(void)
{
	buf_init(&log_text, 1024 * 1024);
	writes_left = INT32_MAX;
}

static void
end(void)
{
	buf_free(&log_text);
}

TestSuite(register_audit, .init = begin, .fini = end);

/* All that a run does; how many of its calls went well. */
static int
run(void)
{
	const struct stanch_audit_options opt = { .size = sizeof opt,
		.on_write = on_write, .key = "sixteen bytes of key",
		.key_len = 20, .hash = true };
	const struct stanch_redaction r = { &rule, 2, 20, 2, "<tag>", 5, "" };
	const struct stanch_filter_stats st = { .bytes_in = 22 };
	struct stanch_audit *a;
	int ok;

	log_text.len = 0;
	if (stanch_audit_open(&a, &opt, NULL) != STANCH_OK)
		return 0;
	ok = 1;
	ok += stanch_audit_redaction(a, STANCH_STDOUT, &r) == STANCH_OK;
	ok += stanch_audit_output(a, STANCH_STDOUT, "a <tag> b", 9) ==
		STANCH_OK;
	ok += stanch_audit_degraded(a, "for a test") == STANCH_OK;
	ok += stanch_audit_end(a, STANCH_STDOUT, &st) == STANCH_OK;
	ok += stanch_audit_close(a, 0) == STANCH_OK;
	stanch_audit_free(a);
	return ok;
}

static struct stanch_audit_result
verdict(struct span text)
{
	struct stanch_audit_check check = { .size = sizeof check, .log = -1,
		.key = "sixteen bytes of key", .key_len = 20 };
	struct stanch_audit_result result;
	int fd = memfd_create("audit", MFD_CLOEXEC);

	cr_assert(!text.len || write(fd, text.ptr, text.len) ==
		(ssize_t)text.len);
	lseek(fd, 0, SEEK_SET);
	cr_assert_eq(stanch_audit_verify(fd, &check, &result, NULL),
		STANCH_OK);
	close(fd);
	return result;
}

Test(register_audit, what_was_written_is_intact)
{
	struct stanch_audit_result r;

	cr_assert_eq(run(), 6);
	r = verdict(buf_span(&log_text));
	cr_expect_eq(r.verdict, STANCH_INTACT, "%s", r.text);
	cr_expect_eq(r.records, 5);
	cr_expect_eq(r.redactions, 1);
	cr_expect_eq(r.degraded, 1);
}

/* After a record that is lost no other is written: a log has no holes. */
Test(register_audit, a_log_that_fails_ends_there)
{
	for (int n = 0; n < 5; n++) {
		writes_left = n;
		cr_expect_lt(run(), 6);
		cr_expect_neq(verdict(buf_span(&log_text)).verdict,
			STANCH_BROKEN, "%d", n);
		cr_expect_eq(verdict(buf_span(&log_text)).records,
			(uint64_t)n);
	}
}

/* A kill may cut it anywhere. */
Test(register_audit, any_beginning_of_it_is_incomplete)
{
	cr_assert_eq(run(), 6);
	for (size_t n = 0; n < log_text.len - 1; n++)
		cr_expect_eq(verdict(span_of(log_text.ptr, n)).verdict,
			STANCH_INCOMPLETE, "%zu", n);
}
