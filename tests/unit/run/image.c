/* SPDX-License-Identifier: Apache-2.0 */
/* Images: what is kept until they are known, and that there is an end. */
#include "run/image.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "base/buf.h"

TestSuite(run_image, .timeout = 60);

#define BLOB(c) "blobs/sha256/" c c c c c c c c c c c c c c c c
#define A	"aaaa"
#define B	"bbbb"

struct posted {
	struct event *e[16384];
	size_t n;
};

static bool
post(void *payload, struct event *e)
{
	struct posted *p = payload;

	p->e[p->n++] = e;
	return true;
}

static void
place(struct image *im, const char *name, const char *text)
{
	char at[256];

	snprintf(at, sizeof at, "x.tar!%s", name);
	image_begin(im, at);
	image_bytes(im, text, strlen(text));
	image_end(im);
}

static struct event *
finding(const char *name)
{
	static const struct stanch_rule rule = { .id = "r" };
	char at[256];
	struct stanch_finding f = { .rule = &rule, .place = at };

	snprintf(at, sizeof at, "x.tar!%s", name);
	return event_of_finding(&f);
}

static void
drop(struct posted *p)
{
	for (size_t i = 0; i < p->n; i++)
		event_free(p->e[i]);
	p->n = 0;
}

Test(run_image, waits_for_a_manifest_that_comes_last)
{
	struct posted p = { .n = 0 };
	struct image *im = image_new(post, &p);

	image_item(im, "x.tar");
	place(im, BLOB(A) "!a/key", "text");
	cr_assert(image_post(im, finding(BLOB(A) "!a/key")));
	cr_assert_eq(p.n, 0);
	place(im, BLOB(B) "!headers@0", "a/.wh.key");
	place(im, "manifest.json", "[{\"Config\":\"c\",\"RepoTags\":[\"n:1\"],"
		"\"Layers\":[\"" BLOB(A) "\",\"" BLOB(B) "\"]}]");
	cr_assert(image_done(im));
	cr_assert_eq(p.n, 1);
	cr_assert_str_eq(p.e[0]->finding->image,
		"layer 1 of 2 (aaaaaaaaaaaa) of n:1; deleted by layer 2, and "
		"still there");
	drop(&p);
	image_free(im);
}

Test(run_image, other_archives_do_not_wait)
{
	struct posted p = { .n = 0 };
	struct image *im = image_new(post, &p);

	image_item(im, "x.tar");
	place(im, "a/index.json", "{}");
	place(im, "manifest.json", "{}");
	cr_assert(image_post(im, finding("a")));
	cr_assert_eq(p.n, 1);
	cr_assert(image_done(im));
	drop(&p);
	image_free(im);
}

Test(run_image, too_many_findings_are_told_of_as_they_are_and_in_order)
{
	static struct posted p;
	struct image *im = image_new(post, &p);
	char name[128];
	size_t n = 0;

	image_item(im, "x.tar");
	place(im, BLOB(A) "!a", "text");
	for (; p.n == 0; n++) {
		snprintf(name, sizeof name, BLOB(A) "!%zu", n);
		cr_assert(image_post(im, finding(name)));
	}
	cr_assert_gt(n, 1000);
	cr_assert(image_post(im, finding(BLOB(A) "!last")));
	cr_assert(image_done(im));
	cr_assert_eq(p.n, n + 1);
	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof name, "x.tar!" BLOB(A) "!%zu", i);
		cr_assert_str_eq(p.e[i]->finding->place, name);
	}
	drop(&p);
	image_free(im);
}

/* An index that names itself, a thousand times. */
Test(run_image, an_index_of_itself_has_an_end)
{
	struct posted p = { .n = 0 };
	struct image *im = image_new(post, &p);
	struct buf b;

	buf_init(&b, 1 << 20);
	cr_assert(buf_str(&b, "{\"manifests\":["));
	for (int i = 0; i < 1000; i++)
		cr_assert(buf_printf(&b, "%s{\"digest\":\"sha256:%s\"}",
			i ? "," : "", BLOB(A) + strlen("blobs/sha256/")));
	cr_assert(buf_str(&b, "]}") && buf_byte(&b, 0));
	image_item(im, "x.tar");
	place(im, BLOB(A), (char *)b.ptr);
	place(im, "index.json", (char *)b.ptr);
	cr_assert(image_post(im, finding(BLOB(B) "!a")));
	cr_assert(image_done(im));
	cr_assert_eq(p.n, 1);
	cr_assert_str_empty(p.e[0]->finding->image);
	drop(&p);
	buf_free(&b);
	image_free(im);
}
