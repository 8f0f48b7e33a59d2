/* SPDX-License-Identifier: Apache-2.0 */
/*
 * image_tell.c - what the JSON texts of images say: OCI image index, manifest
 * and configuration (image-spec 1.1), and the manifest.json of docker save.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/json_walk.h"
#include "run/image.h"
#include "run/image_parts.h"

enum {
	IMAGES = 1024, LAYERS = 1024, NESTED = 4,
	READS = 4096,		/* JSON texts read, of an item */
	STEPS = 1 << 26,	/* comparisons, of an item; then no more */
	NAME = 128, PLATFORM = 48, KEY = 64, DEEP = 4, SHORT = 12
};

struct one_image {
	char name[NAME], platform[PLATFORM];
	const char *config;	/* keys, as of struct image_part */
	const char **layers;
	size_t n;
};

struct image_list {
	const struct image_parts *parts;
	struct one_image *v;
	size_t n, reads, steps;
};

/* What leads to an image: from an index, perhaps by way of others. */
struct way {
	struct image_list *l;
	const char *root;	/* of the file that names what follows */
	int root_len;
	char name[NAME], platform[PLATFORM];
	int depth;
};

static const char *
key_of(const struct way *w, const char *dir, struct span name)
{
	size_t n = (size_t)w->root_len + strlen(dir) + name.len + 2;
	char *key = arena_alloc(w->l->parts->arena, n);

	if (key)
		snprintf(key, n, "%.*s!%s%.*s", w->root_len, w->root, dir,
			(int)name.len, (const char *)name.ptr);
	return key;
}

/* A descriptor's digest, "sha256:HEX", is a file. */
static const char *
key_of_digest(const struct way *w, const json_value *descriptor)
{
	struct span s;

	if (!json_get_string(json_get_member(descriptor, "digest"), &s) ||
		!span_starts(s, "sha256:"))
		return NULL;
	return key_of(w, "blobs/sha256/", span_skip(s, strlen("sha256:")));
}

static struct json *
read_text(struct image_list *l, const char *key)
{
	if (l->reads++ >= READS)
		return NULL;
	for (size_t i = 0; key && i < l->parts->ntexts; i++)
		if (!strcmp(l->parts->texts[i].key, key))
			return json_parse(l->parts->texts[i].text);
	return NULL;
}

static void
copy(char *to, size_t room, const json_value *v)
{
	struct span s;

	if (json_get_string(v, &s))
		snprintf(to, room, "%.*s", (int)s.len, (const char *)s.ptr);
}

/* "linux/arm64/v8", of an index or of a configuration. */
static void
platform_of(char *to, const json_value *v)
{
	char os[16] = "", arch[16] = "", variant[16] = "";

	copy(os, sizeof os, json_get_member(v, "os"));
	copy(arch, sizeof arch, json_get_member(v, "architecture"));
	copy(variant, sizeof variant, json_get_member(v, "variant"));
	if (os[0] && !to[0] && strcmp(os, "unknown") != 0)
		snprintf(to, PLATFORM, "%s/%s%s%s", os, arch,
			variant[0] ? "/" : "", variant);
}

/* The image with that configuration, which may be there already. */
static struct one_image *
image_with(const struct way *w, const char *config)
{
	struct image_list *l = w->l;
	struct one_image *o;
	struct json *j;

	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->v[i].config, config)) {
			if (!l->v[i].name[0])
				memcpy(l->v[i].name, w->name, NAME);
			return NULL;
		}
	if (l->n == IMAGES)
		return NULL;
	o = &l->v[l->n];
	o->layers = arena_array(l->parts->arena, LAYERS, sizeof *o->layers);
	if (!o->layers)
		return NULL;
	o->config = config;
	memcpy(o->name, w->name, NAME);
	memcpy(o->platform, w->platform, PLATFORM);
	j = read_text(l, config);
	platform_of(o->platform, j ? json_top(j) : NULL);
	json_free(j);
	l->n++;
	return o;
}

static void
add_layer(struct one_image *o, const char *key)
{
	if (key && o->n < LAYERS)
		o->layers[o->n++] = key;
}

static void
read_manifest(const struct way *w, const json_value *v)
{
	const json_value *layers = json_get_member(v, "layers");
	const char *config = key_of_digest(w, json_get_member(v, "config"));
	struct one_image *o = config ? image_with(w, config) : NULL;

	for (size_t i = 0; o && i < json_get_size(layers); i++)
		add_layer(o, key_of_digest(w, json_get_element(layers, i)));
}

static void read_index(const struct way *w, const json_value *v);

/* What an index names: a manifest, or another index. */
static void
read_named(const struct way *w, const json_value *descriptor)
{
	struct way next = *w;
	struct json *j;

	platform_of(next.platform, json_get_member(descriptor, "platform"));
	copy(next.name, NAME, json_get_member(json_get_member(descriptor,
		"annotations"), "org.opencontainers.image.ref.name"));
	copy(next.name, NAME, json_get_member(json_get_member(descriptor,
		"annotations"), "io.containerd.image.name"));
	j = ++next.depth < NESTED ? read_text(w->l, key_of_digest(w,
		descriptor)) : NULL;
	if (!j)
		return;
	if (json_get_member(json_top(j), "manifests"))
		read_index(&next, json_top(j));
	else
		read_manifest(&next, json_top(j));
	json_free(j);
}

static void
read_index(const struct way *w, const json_value *v)
{
	const json_value *m = json_get_member(v, "manifests");

	for (size_t i = 0; i < json_get_size(m) && i < IMAGES; i++)
		read_named(w, json_get_element(m, i));
}

/* manifest.json: [{"Config": FILE, "RepoTags": [...], "Layers": [FILE ...]}] */
static void
read_saved(const struct way *w, const json_value *v)
{
	for (size_t i = 0; i < json_get_size(v) && i < IMAGES; i++) {
		const json_value *m = json_get_element(v, i);
		const json_value *layers = json_get_member(m, "Layers");
		struct one_image *o;
		struct way next = *w;
		struct span s;

		copy(next.name, NAME, json_get_element(json_get_member(m,
			"RepoTags"), 0));
		if (!json_get_string(json_get_member(m, "Config"), &s))
			continue;
		o = image_with(&next, key_of(w, "", s));
		for (size_t k = 0; o && k < json_get_size(layers); k++)
			if (json_get_string(json_get_element(layers, k), &s))
				add_layer(o, key_of(w, "", s));
	}
}

static void
read_all(struct image_list *l, const char *end,
	void (*read)(const struct way *, const json_value *))
{
	for (size_t i = 0; i < l->parts->ntexts; i++) {
		const struct image_text *t = &l->parts->texts[i];
		size_t n = strlen(t->key), m = strlen(end);
		struct way w = { .l = l, .root = t->key };
		struct json *j;

		if (n < m || strcmp(t->key + n - m, end) != 0)
			continue;
		w.root_len = (int)(n - m);
		j = json_parse(t->text);
		if (j)
			read(&w, json_top(j));
		json_free(j);
	}
}

struct image_list *
image_list(const struct image_parts *p)
{
	struct image_list *l = p->ntexts ? calloc(1, sizeof *l) : NULL;

	if (!l)
		return NULL;
	l->parts = p;
	l->v = arena_array(p->arena, IMAGES, sizeof *l->v);
	if (!l->v) {
		free(l);
		return NULL;
	}
	/* The one of docker save first: it has names. */
	read_all(l, "!manifest.json", read_saved);
	read_all(l, "!index.json", read_index);
	return l;
}

void
image_list_free(struct image_list *l)
{
	free(l);
}

/* ---- what is told ---- */

static bool
is_key(const char *key, const struct image_part *p, const char *place)
{
	return key && strlen(key) == p->root + 1 + p->name.len &&
		!memcmp(key, place, p->root) && !memcmp(key + p->root + 1,
		p->name.ptr, p->name.len);
}

static bool
deletes(const char *white, struct span path)
{
	size_t n = strlen(white);

	if (!n || path.len < n || memcmp(path.ptr, white, n) != 0)
		return !n;	/* all below the top */
	return white[n - 1] == '/' || path.len == n || path.ptr[n] == '/';
}

static bool
is_deleted_by(struct image_list *l, const char *layer, struct span path)
{
	for (size_t i = 0; i < l->parts->nwhites; i++) {
		const struct image_white *w = &l->parts->whites[i];

		if (l->steps++ >= STEPS)
			return false;
		if (!strcmp(w->key, layer) && deletes(w->path, path))
			return true;
	}
	return false;
}

/* The layer behind `at` that deletes what is inside of the part; 0: none. */
static size_t
deleted_by(struct image_list *l, const struct one_image *o, size_t at,
	const char *inside)
{
	struct span path = *inside ? span_of(inside + 1,
		(size_t)(strchrnul(inside + 1, '!') - inside - 1)) :
		span_of(NULL, 0);

	if (span_starts(path, "./"))
		path = span_skip(path, 2);
	for (size_t k = at + 1; path.len && k < o->n; k++)
		if (is_deleted_by(l, o->layers[k], path))
			return k + 1;
	return 0;
}

static void
tell_name(const struct one_image *o, char *told, size_t n)
{
	snprintf(told + n, IMAGE_TOLD - n, "%s%s%s%s", o->name[0] ? " of " :
		" of an image", o->name, o->platform[0] ? ", " : "",
		o->platform);
}

static bool
tell_layer(struct image_list *l, const struct one_image *o, size_t i,
	const struct image_part *p, char *told)
{
	const char *digest = strstr(o->layers[i], "blobs/sha256/");
	size_t by = deleted_by(l, o, i, p->inside);

	digest = digest ? digest + strlen("blobs/sha256/") :
		(const char *)p->name.ptr;
	snprintf(told, IMAGE_TOLD, "layer %zu of %zu (%.*s)", i + 1, o->n,
		SHORT, digest);
	tell_name(o, told, strlen(told));
	if (by)
		snprintf(told + strlen(told), IMAGE_TOLD - strlen(told),
			"; deleted by layer %zu, and still there", by);
	return true;
}

/* Names and numbers that lead to the byte at `at`: "config.Env[2]". */
struct trail {
	struct { char name[KEY]; size_t i; bool list; } at[DEEP];
	size_t depth;		/* may be more than DEEP */
};

static void
step(struct trail *t, char mark)
{
	if (mark == '{' || mark == '[') {
		if (t->depth < DEEP) {
			t->at[t->depth].name[0] = 0;
			t->at[t->depth].i = 0;
			t->at[t->depth].list = mark == '[';
		}
		t->depth++;
	} else if (mark == '}' || mark == ']') {
		t->depth--;
	} else if (mark == ',' && t->depth && t->depth <= DEEP) {
		t->at[t->depth - 1].i++;
	}
}

static void
write_trail(const struct trail *t, char *told, size_t n)
{
	for (size_t i = 0; i < t->depth && i < DEEP && n < IMAGE_TOLD; i++)
		n += (size_t)(t->at[i].list ? snprintf(told + n,
			IMAGE_TOLD - n, "[%zu]", t->at[i].i) :
			snprintf(told + n, IMAGE_TOLD - n, "%s%s",
			i ? "." : "", t->at[i].name));
}

/* The string before a colon is a name. */
static void
find_trail(struct trail *t, struct span text, uint64_t at)
{
	struct span last = span_of(NULL, 0);
	enum json_token token;
	struct json_walk w;
	size_t start, len;

	json_walk_begin(&w, text);
	while ((token = json_walk_next(&w, &start, &len)) > JSON_TOKEN_END) {
		if (token == JSON_TOKEN_STRING && start + len > at)
			return;
		if (token == JSON_TOKEN_STRING)
			last = span_of(text.ptr + start + 1, len - 2);
		if (token != JSON_TOKEN_MARK)
			continue;
		if (text.ptr[start] != ':')
			step(t, (char)text.ptr[start]);
		else if (t->depth && t->depth <= DEEP)
			snprintf(t->at[t->depth - 1].name, KEY, "%.*s",
				(int)last.len, (const char *)last.ptr);
	}
}

static bool
tell_config(const struct image_list *l, const struct one_image *o,
	uint64_t at, char *told)
{
	struct trail t = { .depth = 0 };

	snprintf(told, IMAGE_TOLD, "configuration");
	tell_name(o, told, strlen(told));
	for (size_t i = 0; i < l->parts->ntexts; i++)
		if (!strcmp(l->parts->texts[i].key, o->config))
			find_trail(&t, l->parts->texts[i].text, at);
	if (t.depth && strlen(told) + 2 < IMAGE_TOLD) {
		memcpy(told + strlen(told), ": ", 3);
		write_trail(&t, told, strlen(told));
	}
	return true;
}

bool
image_tell(struct image_list *l, const struct image_part *part,
	const char *place, uint64_t at, char *told)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct one_image *o = &l->v[i];

		if (is_key(o->config, part, place))
			return tell_config(l, o, at, told);
		for (size_t k = 0; k < o->n && l->steps++ < STEPS; k++)
			if (is_key(o->layers[k], part, place))
				return tell_layer(l, o, k, part, told);
	}
	return false;
}
