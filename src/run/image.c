/* SPDX-License-Identifier: Apache-2.0 */
/*
 * image.c - looks on while an item is scanned: keeps the JSON texts of images,
 * the deletions of their layers, and the events until both are there.  What
 * they mean is image_tell.c's business.
 */
#include "run/image.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/json.h"
#include "run/image_parts.h"

enum {
	TEXTS = 4096, PATH = 4096, DIGEST = 64,
	TAR_MAGIC = 257, TAR_PREFIX = 345, TAR_PREFIX_LEN = 155
};

enum doing { NOTHING, TEXT, HEADERS };

struct image {
	image_post_fn *post;
	void *payload;
	const char *item;
	size_t item_len;
	struct image_parts parts;
	size_t room;		/* for texts */
	enum doing doing;
	const char *key;	/* of the part in hand */
	struct buf bytes;	/* of its text, or of headers */
	bool is_image, full;
	struct event *first, **last;
	size_t kept;
};

struct image *
image_new(image_post_fn *post, void *payload)
{
	struct image *im = calloc(1, sizeof *im);

	if (im) {
		im->post = post;
		im->payload = payload;
		buf_init(&im->bytes, JSON_BYTES);
		im->last = &im->first;
	}
	return im;
}

static void
forget(struct image *im)
{
	arena_free(im->parts.arena);
	im->parts = (struct image_parts){ .arena = NULL };
	im->is_image = im->full = false;
	im->doing = NOTHING;
	im->kept = 0;
}

void
image_free(struct image *im)
{
	if (!im)
		return;
	event_free(im->first);
	forget(im);
	buf_free(&im->bytes);
	free(im);
}

void
image_item(struct image *im, const char *item)
{
	im->item = item;
	im->item_len = strlen(item);
	im->room = IMAGE_TEXTS;
}

/* ---- names ---- */

static bool
is_digest(struct span s)
{
	if (s.len != DIGEST)
		return false;
	for (size_t i = 0; i < DIGEST; i++)
		if (!memchr("0123456789abcdef", s.ptr[i], 16))
			return false;
	return true;
}

static bool
cut_end(struct span *s, const char *end)
{
	size_t n = strlen(end);

	if (s->len < n || memcmp(s->ptr + s->len - n, end, n) != 0)
		return false;
	s->len -= n;
	return true;
}

static bool
is_manifest(struct span name)
{
	return span_equal(name, span_str("index.json")) ||
		span_equal(name, span_str("manifest.json"));
}

static bool
is_part(struct span name)
{
	struct span s = name;

	if (is_manifest(name))
		return true;
	if (span_starts(s, "blobs/sha256/"))
		return is_digest(span_skip(s, strlen("blobs/sha256/")));
	return (cut_end(&s, "/layer.tar") || cut_end(&s, ".tar") ||
		cut_end(&s, ".json")) && is_digest(s);
}

bool
image_part(struct image_part *p, const char *place, size_t item)
{
	const char *at = place + item, *begin, *end;

	while (*at == '!') {
		begin = at + 1;
		if (!strncmp(begin, "./", 2))
			begin += 2;
		end = strchrnul(begin, '!');
		p->root = (size_t)(at - place);
		p->name = span_of(begin, (size_t)(end - begin));
		p->inside = end;
		if (is_part(p->name))
			return true;
		at = end;
	}
	return false;
}

/* ---- places as they come ---- */

static const char *
key_of(struct image *im, const struct image_part *p, const char *place)
{
	struct arena *a = im->parts.arena ? im->parts.arena : arena_new();
	char *key = a ? arena_alloc(a, p->root + p->name.len + 2) : NULL;

	im->parts.arena = a;
	if (key) {
		memcpy(key, place, p->root);
		key[p->root] = '!';
		memcpy(key + p->root + 1, p->name.ptr, p->name.len);
	}
	return key;
}

void
image_begin(struct image *im, const char *place)
{
	struct image_part p;

	im->doing = NOTHING;
	if (!image_part(&p, place, im->item_len))
		return;
	im->is_image = im->is_image || !is_manifest(p.name);
	if (!*p.inside)
		im->doing = TEXT;
	else if (!strncmp(p.inside, "!headers@", 9))
		im->doing = HEADERS;
	else
		return;
	im->key = key_of(im, &p, place);
	im->bytes.len = 0;
	if (!im->key)
		im->doing = NOTHING;
}

void
image_bytes(struct image *im, const void *data, size_t n)
{
	const uint8_t *p = data;

	if (im->doing == NOTHING || !n)
		return;
	if (im->doing == TEXT && !im->bytes.len && *p != '{' && *p != '[')
		im->doing = NOTHING;
	else if (n > JSON_BYTES - im->bytes.len ||
		!buf_append(&im->bytes, data, n))
		im->doing = NOTHING;
}

static void
keep_text(struct image *im)
{
	struct image_parts *p = &im->parts;
	char *copy;

	if (im->bytes.len > im->room)
		return;
	if (!p->texts)
		p->texts = arena_array(p->arena, TEXTS, sizeof *p->texts);
	if (!p->texts || p->ntexts == TEXTS)
		return;
	copy = arena_strndup(p->arena, (const char *)im->bytes.ptr,
		im->bytes.len);
	if (!copy)
		return;
	im->room -= im->bytes.len;
	p->texts[p->ntexts++] = (struct image_text){ im->key,
		span_of(copy, im->bytes.len) };
}

/* "a/.wh.b" deletes a/b, "a/.wh..wh..opq" all below a: written "a/". */
static void
keep_white(struct image *im, const char *name)
{
	struct image_parts *p = &im->parts;
	const char *base = strrchr(name, '/');
	size_t dir = base ? (size_t)(base + 1 - name) : 0;
	char *path;

	if (strncmp(name + dir, ".wh.", 4) != 0)
		return;
	if (!p->whites)
		p->whites = arena_array(p->arena, IMAGE_WHITES,
			sizeof *p->whites);
	path = p->whites && p->nwhites < IMAGE_WHITES ?
		arena_strdup(p->arena, name) : NULL;
	if (!path)
		return;
	base = name + dir + strlen(".wh.");
	if (!strcmp(base, ".wh..opq"))
		path[dir] = 0;
	else
		memmove(path + dir, path + dir + strlen(".wh."),
			strlen(base) + 1);
	p->whites[p->nwhites++] = (struct image_white){ im->key, path };
}

/* The name that ".wh." at `at` is in: of a tar header, or of a record of pax;
   that of ustar may have its directory elsewhere. */
static void
take_white(struct image *im, size_t at)
{
	const uint8_t *b = im->bytes.ptr;
	size_t n = im->bytes.len, begin = at, end = at;
	char name[PATH];
	int prefix = 0;

	while (begin && b[begin - 1] && b[begin - 1] != '\n' &&
		b[begin - 1] != '=')
		begin--;
	while (end < n && b[end] && b[end] != '\n')
		end++;
	if (begin + TAR_PREFIX + TAR_PREFIX_LEN < n && b[begin + TAR_PREFIX] &&
		!memcmp(b + begin + TAR_MAGIC, "ustar", 6))
		prefix = (int)strnlen((const char *)b + begin + TAR_PREFIX,
			TAR_PREFIX_LEN);
	snprintf(name, sizeof name, "%.*s%s%.*s", prefix,
		(const char *)b + (prefix ? begin + TAR_PREFIX : begin),
		prefix ? "/" : "", (int)(end - begin), (const char *)b + begin);
	keep_white(im, strncmp(name, "./", 2) ? name : name + 2);
}

static void
keep_whites(struct image *im)
{
	const uint8_t *b = im->bytes.ptr, *p = b, *found;
	const uint8_t *end = b + im->bytes.len;

	while (p && (found = memmem(p, (size_t)(end - p), ".wh.", 4))) {
		const uint8_t *line = memchr(found, 0, (size_t)(end - found));

		if (found == b || !found[-1] || strchr("/\n=", found[-1]))
			take_white(im, (size_t)(found - b));
		p = line;
	}
}

void
image_end(struct image *im)
{
	if (im->doing == TEXT && im->bytes.len)
		keep_text(im);
	else if (im->doing == HEADERS && im->bytes.len)
		keep_whites(im);
	im->doing = NOTHING;
}

/* ---- events ---- */

static void
tell(const struct image *im, struct image_list *l, struct event *e)
{
	struct stanch_finding *f = e->finding;
	struct image_part p;

	if (e->kind == EVENT_FINDING && image_part(&p, f->place, im->item_len))
		image_tell(l, &p, f->place, f->start, f->image);
}

static bool
post_kept(struct image *im)
{
	struct event *e = im->first;
	struct image_list *l = e ? image_list(&im->parts) : NULL;
	bool ok = true;

	im->first = NULL;
	im->last = &im->first;
	im->kept = 0;
	while (e && ok) {
		struct event *next = e->next;

		e->next = NULL;
		if (l)
			tell(im, l, e);
		ok = im->post(im->payload, e);
		e = next;
	}
	event_free(e);
	image_list_free(l);
	return ok;
}

bool
image_post(struct image *im, struct event *e)
{
	if (!e || !im->is_image || im->full)
		return im->post(im->payload, e);
	im->full = im->kept + e->cost > IMAGE_KEPT;
	if (im->full)
		return post_kept(im) && im->post(im->payload, e);
	*im->last = e;
	im->last = &e->next;
	im->kept += e->cost;
	return true;
}

bool
image_keeps(const struct image *im)
{
	return im->is_image;
}

bool
image_pass(struct image *im, struct event *e)
{
	return im->post(im->payload, e);
}

bool
image_done(struct image *im)
{
	bool ok = post_kept(im);

	forget(im);
	return ok;
}
