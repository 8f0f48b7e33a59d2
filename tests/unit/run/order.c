/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>
#include <time.h>

#include "run/order.h"
#include "source/batch.h"

static struct timespec
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t;
}

/* One item in a window of one job: published, taken, done. */
static void
pass_one(struct order *o)
{
	struct gap gap = { .place = "", .detail = "none" };
	struct source_batch *b;
	struct job *job;
	bool nomem;

	b = order_blank(o, &nomem);
	cr_assert(b);
	cr_assert(batch_add(b, NULL, span_str(""), "a", SOURCE_GAP, &gap));
	cr_assert(order_publish(o, b));
	cr_assert_null(order_blank(o, &nomem));	/* the window is full */
	job = order_take(o);
	cr_assert(job);
	order_done(o, job);
}

/* Nobody else is left who could wake the one that fills the window. */
Test(run_order, room_in_the_window_is_not_waited_for)
{
	struct order *o = order_new(1);
	struct timespec before = now(), until = before;
	bool ended;

	until.tv_sec += 10;
	pass_one(o);
	order_wait(o, &until);		/* the job is done: that is news */
	cr_assert_null(order_collect(o, &ended));
	cr_assert_not(ended);
	order_wait(o, &until);		/* there is room: that is news too */
	cr_assert_lt(now().tv_sec - before.tv_sec, 9);
	pass_one(o);
	order_close(o);
	cr_assert_null(order_collect(o, &ended));
	cr_assert(ended);
	order_free(o);
}
