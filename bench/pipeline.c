/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline.c - spawn, join with pipes, wait.  The clock runs from before the
 * first spawn to after the last wait.  What the figures mean is figure.c's.
 */
#include "pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

bool
pipeline_parse(struct pipeline *p, char *text)
{
	char *word;
	size_t n = 0;

	*p = (struct pipeline){ .n = 1 };
	while ((word = strsep(&text, " \t\n"))) {
		if (!*word)
			continue;
		if (strcmp(word, "|") != 0) {
			if (n == PIPELINE_WORDS)
				return false;
			p->words[p->n - 1][n++] = word;
		} else if (n == 0 || p->n == PIPELINE_STAGES) {
			return false;
		} else {
			p->n++;
			n = 0;
		}
	}
	return n > 0;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* in and out are the stage's ends of pipes, -1: /dev/null. */
static pid_t
spawn(char *const *words, int in, int out)
{
	posix_spawn_file_actions_t act;
	pid_t pid;
	int error;

	posix_spawn_file_actions_init(&act);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&act, in, STDIN_FILENO);
	else
		posix_spawn_file_actions_addopen(&act, STDIN_FILENO,
			"/dev/null", O_RDONLY, 0);
	if (out >= 0)
		posix_spawn_file_actions_adddup2(&act, out, STDOUT_FILENO);
	else
		posix_spawn_file_actions_addopen(&act, STDOUT_FILENO,
			"/dev/null", O_WRONLY, 0);
	error = posix_spawnp(&pid, words[0], &act, NULL, words, environ);
	posix_spawn_file_actions_destroy(&act);
	if (error) {
		fprintf(stderr, "measure: %s: %s\n", words[0],
			strerror(error));
		return -1;
	}
	return pid;
}

/* A scan that found something, or left a gap, has done its work. */
static bool
ended_well(char *const *words, int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (code == 0 || (strcmp(words[0], "stanch") == 0 &&
		(code == 1 || code == 4 || code == 5)))
		return true;
	fprintf(stderr, "measure: %s ended with %s %d\n", words[0],
		WIFSIGNALED(status) ? "signal" : "status",
		WIFSIGNALED(status) ? WTERMSIG(status) : code);
	return false;
}

static bool
reap(char *const *words, pid_t pid, struct usage *u)
{
	struct rusage r;
	int status;

	while (wait4(pid, &status, 0, &r) < 0)
		if (errno != EINTR)
			return false;
	u->user += seconds(r.ru_utime);
	u->sys += seconds(r.ru_stime);
	if ((double)r.ru_maxrss > u->peak)
		u->peak = (double)r.ru_maxrss;
	return ended_well(words, status);
}

/* A child inherits our cores, as under taskset(1). */
static bool
go_to(const struct pipeline *p, size_t stage, const struct cores *c)
{
	bool outer = p->n > 1 && (stage == 0 || stage + 1 == p->n);

	return sched_setaffinity(0, sizeof(cpu_set_t),
		outer ? &c->outer : &c->inner) == 0;
}

/* Starts the stages; *n: how many, the last of which may have failed. */
static bool
start(const struct pipeline *p, const struct cores *c, pid_t *pids, size_t *n)
{
	int ends[2], in = -1;
	bool ok = true;

	for (*n = 0; *n < p->n && ok; ++*n) {
		ends[0] = ends[1] = -1;
		ok = go_to(p, *n, c) && (*n + 1 == p->n ||
			pipe2(ends, O_CLOEXEC) == 0);
		pids[*n] = ok ? spawn(p->words[*n], in, ends[1]) : -1;
		ok = pids[*n] > 0;
		if (in >= 0)
			close(in);
		if (ends[1] >= 0)
			close(ends[1]);
		in = ends[0];
	}
	if (in >= 0)
		close(in);
	return ok;
}

bool
pipeline_run(const struct pipeline *p, const struct cores *c,
	struct usage *u)
{
	pid_t pids[PIPELINE_STAGES];
	double began = now();
	size_t n;
	bool ok;

	*u = (struct usage){ 0 };
	ok = start(p, c, pids, &n);
	for (size_t i = 0; i < n; i++)
		if (pids[i] > 0 && !reap(p->words[i], pids[i], u))
			ok = false;
	u->wall = now() - began;
	return ok;
}
