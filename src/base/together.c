/* SPDX-License-Identifier: Apache-2.0 */
/* together.c - threads for the parts of a job. */
#include "base/together.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

struct part {
	pthread_t thread;
	void (*fn)(void *of, size_t i);
	void *of;
	size_t i;
	bool started;
};

static void *
run(void *payload)
{
	const struct part *p = payload;

	p->fn(p->of, p->i);
	return NULL;
}

void
together(size_t n, void (*fn)(void *of, size_t i), void *of)
{
	struct part parts[TOGETHER_MOST];
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (size_t i = 0; i + 1 < n; i++) {
		parts[i] = (struct part){ .fn = fn, .of = of, .i = i };
		parts[i].started = !pthread_create(&parts[i].thread, NULL,
			run, &parts[i]);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (n)
		fn(of, n - 1);
	for (size_t i = 0; i + 1 < n; i++) {
		if (parts[i].started)
			pthread_join(parts[i].thread, NULL);
		else
			fn(of, i);
	}
}
