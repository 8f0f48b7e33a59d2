/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <time.h>

#include "marks.h"
#include "unwrap/tap.h"

static struct fs fs;

static void
begin(void)
{
	fs_begin(&fs);
}

static void
end(void)
{
	fs_end(&fs);
}

TestSuite(run_run, .init = begin, .fini = end, .timeout = 60);

static struct marks_run
scan(const char *path, unsigned jobs)
{
	struct marks_run m = { .jobs = jobs, .fd = -1 };

	marks_scan(&m, path);
	return m;
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	while ((text = strstr(text, what))) {
		n++;
		text += strlen(what);
	}
	return n;
}

/* Files of all sizes, some with findings, some big, gaps in between. */
static void
plant(void)
{
	static char block[3 * 1024 * 1024];
	char name[32];

	for (int d = 0; d < 20; d++) {
		snprintf(name, sizeof name, "d%02d", d);
		fs_dir(name);
		for (int f = 0; f < 30; f++) {
			size_t n = (size_t)(d * 31 + f * 17) % 400;
			memset(block, '.', n);
			if (n)
				block[n / 2] = f % 3 ? '\n' : '!';
			snprintf(name, sizeof name, "d%02d/f%02d%s", d, f,
				f == 7 && d % 5 == 0 ? "slow" : "");
			fs_write(name, block, n);
		}
		snprintf(name, sizeof name, "d%02d/a-fifo", d);
		cr_assert_eq(mkfifo(name, 0600), 0);
	}
	memset(block, '\n', sizeof block);
	for (size_t i = 0; i < sizeof block; i += 99999)
		block[i] = '!';
	fs_write("d03/big", block, sizeof block);
	fs_write("d03/bigger", block, sizeof block);
	fs_write("d17/big", block, sizeof block);
}

Test(run_run, a_report_is_the_same_for_any_number_of_jobs)
{
	struct marks_run one, other;
	const unsigned jobs[] = { 2, 3, 8, 64 };

	plant();
	one = scan(".", 1);
	cr_assert_eq(one.result, STANCH_OK);
	cr_assert_eq(one.tally.items, 20 * 30 + 3);
	cr_assert_eq(one.tally.gaps, 20);
	cr_assert_eq(one.tally.by_gap[STANCH_GAP_SPECIAL], 20);
	cr_assert_eq(count(one.report, "\"finding\""), one.tally.findings);
	cr_assert_gt(one.tally.findings, 3 * 31 + 100);
	for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
		other = scan(".", jobs[i]);
		cr_assert_eq(other.result, STANCH_OK);
		cr_assert_str_eq(other.report, one.report);
		cr_assert_eq(other.tally.bytes, one.tally.bytes);
		free(other.report);
	}
	free(one.report);
}

Test(run_run, few_descriptors_are_enough_for_many_jobs)
{
	struct rlimit few = { 128, 128 };
	struct marks_run m;
	char name[32];

	for (int i = 0; i < 400; i++) {
		snprintf(name, sizeof name, "%03d", i);
		fs_dir(name);
		snprintf(name, sizeof name, "%03d/%s", i,
			i % 100 ? "f" : "slow");
		fs_file(name, "!");
	}
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	m = scan(".", 64);
	cr_assert_eq(m.result, STANCH_OK);
	cr_assert_eq(m.tally.gaps, 0);
	cr_assert_eq(m.tally.findings, 400);
	free(m.report);
}

Test(run_run, positions_are_right_across_blocks)
{
	static char block[2 * TAP_ROOM + 10];
	struct marks_run m;

	memset(block, '\n', sizeof block);
	block[TAP_ROOM - 1] = block[TAP_ROOM] = block[2 * TAP_ROOM] = '!';
	fs_write("f", block, sizeof block);
	m = scan("f", 2);
	cr_assert_eq(m.tally.findings, 3);
	cr_assert_eq(m.tally.bytes, sizeof block);
	cr_assert_not_null(strstr(m.report, "\"start\":262143,"));
	cr_assert_not_null(strstr(m.report, "\"line\":262144,\"column\":2,"
		"\"start\":262144,"));
	cr_assert_not_null(strstr(m.report, "\"start\":524288,"));
	free(m.report);
}

/* More findings than the window may hold, in files that are not the first. */
Test(run_run, a_flood_of_findings_comes_through_in_order)
{
	enum { EACH = 20000, FILES = 6 };
	static char block[EACH];
	struct marks_run m;
	const char *p;

	memset(block, '!', sizeof block);
	fs_file("0slow", "x");
	for (int i = 1; i < FILES; i++) {
		char name[16];
		snprintf(name, sizeof name, "%d", i);
		fs_write(name, block, sizeof block);
	}
	m = scan(".", 4);
	cr_assert_eq(m.result, STANCH_OK);
	cr_assert_eq(m.tally.findings, (FILES - 1) * EACH);
	p = m.report;
	for (int i = 1; i < FILES; i++) {
		for (int k = 0; k < EACH; k++) {
			char want[80];
			const char *line = strchr(p, '\n');
			snprintf(want, sizeof want, "\"path\":\"%d\",\"line\""
				":1,\"column\":%d,", i, k + 1);
			cr_assert_not_null(memmem(p, (size_t)(line - p),
				want, strlen(want)), "%s", want);
			p = line + 1;
		}
	}
	free(m.report);
}

Test(run_run, what_cannot_be_read_is_reported_and_the_rest_scanned)
{
	struct marks_run m;

	fs_file("a", "!");
	fs_file("b", "!");
	fs_file("c", "!");
	fs_file("d", "!!!!!!!!!!");
	cr_assert_eq(chmod("b", 0), 0);
	cr_assert(geteuid() || seteuid(65534) == 0);
	m = (struct marks_run){ .jobs = 2, .fd = -1, .max_file_size = 9 };
	marks_scan(&m, ".");
	cr_assert(getuid() || seteuid(0) == 0);
	cr_assert_eq(m.result, STANCH_OK);
	cr_assert_eq(m.tally.items, 2);
	cr_assert_eq(m.tally.findings, 2);
	cr_assert_eq(m.tally.gaps, 2);
	cr_assert_not_null(strstr(m.report, "{\"type\":\"gap\",\"path\":\"b\","
		"\"reason\":\"unreadable\",\"detail\":\"Permission denied\"}"));
	cr_assert_not_null(strstr(m.report, "{\"type\":\"gap\",\"path\":\"d\","
		"\"reason\":\"over-limit\",\"detail\":"
		"\"larger than the largest file size\",\"bytes\":10}"));
	cr_assert_not_null(strstr(m.report, "\"complete\":false"));
	free(m.report);
}

Test(run_run, an_empty_directory_is_an_error_not_clean)
{
	struct marks_run m;

	fs_dir("d");
	m = scan("d", 2);
	cr_assert_eq(m.result, STANCH_EUSAGE);
	cr_assert_str_eq(m.err.text,
		"nothing was scanned: there is no file below the paths given");
	free(m.report);
	fs_file("d/f", "");
	m = scan("d", 2);
	cr_assert_eq(m.result, STANCH_OK);
	cr_assert_eq(m.tally.items, 1);
	free(m.report);
}

Test(run_run, a_scanner_that_gives_up_ends_the_run_and_the_place_is_named)
{
	struct marks_run m;

	fs_file("a", "!");
	fs_file("fail", "x");
	m = scan(".", 3);
	cr_assert_eq(m.result, STANCH_ELIMIT);
	cr_assert_str_eq(m.err.where, "fail");
	cr_assert_str_eq(m.err.text, "the scanner gave up: limit reached");
	cr_assert_null(strstr(m.report, "summary"));
	free(m.report);
}

/* ---- the report cannot be written ---- */

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Ten seconds of slow files, and a report that fails at its first write. */
static void
fails_soon(int fd, int sys)
{
	static char block[TAP_ROOM];
	struct marks_run m = { .jobs = 2, .fd = fd };
	double t;

	memset(block, '!', sizeof block);
	for (int i = 0; i < 1000; i++) {
		char name[16];
		snprintf(name, sizeof name, "%03d-slow", i);
		fs_write(name, block, i ? 1 : sizeof block);
	}
	t = seconds();
	marks_scan(&m, ".");
	cr_assert_eq(m.result, STANCH_EIO);
	cr_assert_eq(m.err.sys, sys);
	cr_assert_lt(seconds() - t, 3);
	cr_assert_gt(m.tally.seconds, 0);
}

Test(run_run, a_full_disk_stops_the_run_soon)
{
	int fd = open("/dev/full", O_WRONLY);

	fails_soon(fd, ENOSPC);
	close(fd);
}

Test(run_run, a_reader_that_is_gone_stops_the_run_soon)
{
	int p[2];

	signal(SIGPIPE, SIG_IGN);
	cr_assert_eq(pipe(p), 0);
	close(p[0]);
	fails_soon(p[1], EPIPE);
	close(p[1]);
}

/* Standard input says something, and then nothing, for ever. */
Test(run_run, a_failed_report_does_not_wait_for_standard_input)
{
	struct marks_run m = { .jobs = 2, .fd = open("/dev/full", O_WRONLY) };
	char said[128];
	int p[2];

	cr_assert_eq(pipe(p), 0);
	cr_assert_eq(dup2(p[0], 0), 0);
	memset(said, '!', sizeof said);	/* as much as tells a format */
	cr_assert_eq(write(p[1], said, sizeof said), sizeof said);
	marks_scan(&m, "-");	/* the tick writes, and fails */
	cr_assert_eq(m.result, STANCH_EIO);
	cr_assert_eq(m.err.sys, ENOSPC);
	close(p[1]);
	close(m.fd);
}

/* ---- streams and progress ---- */

static void *
talk(void *fd)
{
	for (int i = 0; i < 5; i++) {
		usleep(100000);
		cr_assert_eq(write(*(int *)fd, "..!", 3), 3);
	}
	close(*(int *)fd);
	return NULL;
}

static void
note(const struct stanch_tally *so_far, void *payload)
{
	uint64_t *seen = payload;	/* calls, last bytes */

	cr_assert_geq(so_far->bytes, seen[1]);
	seen[0]++;
	seen[1] = so_far->bytes;
}

Test(run_run, a_stream_is_scanned_while_it_runs_and_progress_told)
{
	uint64_t seen[2] = { 0, 0 };
	struct marks_run m = { .jobs = 2, .fd = -1, .on_progress = note,
		.payload = seen };
	pthread_t t;
	int p[2];

	cr_assert_eq(pipe(p), 0);
	cr_assert_eq(dup2(p[0], 0), 0);
	pthread_create(&t, NULL, talk, &p[1]);
	marks_scan(&m, "-");
	pthread_join(t, NULL);
	cr_assert_eq(m.result, STANCH_OK);
	cr_assert_eq(m.tally.bytes, 15);
	cr_assert_eq(m.tally.findings, 5);
	cr_assert_eq(m.tally.items, 1);
	cr_assert_geq(seen[0], 2);
	cr_assert_leq(seen[0], 10);
	cr_assert_not_null(strstr(m.report, "\"path\":\"stdin\",\"line\":1,"
		"\"column\":15,"));
	free(m.report);
}

/* Two big files come in one batch; two workers must have one each. */
static atomic_int inside, together;

static enum stanch_result
meet(struct stanch_scanner *s, const void *data, size_t len)
{
	atomic_fetch_add(&inside, 1);
	usleep(50000);
	if (atomic_load(&inside) > 1)
		atomic_store(&together, 1);
	usleep(50000);
	atomic_fetch_sub(&inside, 1);
	return STANCH_OK;
}

Test(run_run, big_files_of_one_batch_are_scanned_at_the_same_time)
{
	static char block[RUN_BIG];
	const char *path = ".";
	struct run_scanner sc = marks;
	struct run run = { .scanner = &sc, .about = { "d", 1 },
		.opt = { .jobs = 2 } };
	struct stanch_tally t;
	int fd = open("/dev/null", O_WRONLY);

	fs_write("1", block, sizeof block);
	fs_write("2", block, sizeof block);
	sc.feed = meet;
	cr_assert_eq(stanch_source_paths(&run.source, &path, 1, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_sink_open(&run.sink, "text", fd, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(run_all(&run, &t, NULL), STANCH_OK);
	cr_assert_eq(t.items, 2);
	cr_assert(atomic_load(&together));
	stanch_sink_free(run.sink);
	stanch_source_free(run.source);
}
