/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - runs the properties named as arguments, or all: what is tried how
 * often, and an input that fails cut down to what still fails.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prop.h"
#include "rule/rule_set.h"

enum { CUTS_MAX = 3000 };	/* tries to make a failing input shorter */

#define P(name) { #name, name }
#define I(name, make) { #name, name, make }

static const struct {
	const char *name;
	input_property *holds;
	make_fn *make;
} of_input[] = {
	I(scanner_does_not_see_pieces, make_input),
	I(filter_does_not_see_pieces, make_input),
	I(scan_and_filter_find_the_same, make_input),
	I(all_but_covers_comes_out, make_input),
	I(no_secret_comes_out, make_input),
	I(filtering_again_changes_nothing, make_apart),
	I(any_tag_is_left_alone, make_apart),
	I(tags_do_not_see_pieces, make_input),
	I(a_fill_keeps_every_place, make_input),
	I(json_does_not_see_pieces, make_lines),
	I(commands_do_not_see_pieces, make_commands),
	I(what_a_command_names_does_not_come_out, make_commands),
	I(a_log_of_commands_filtered_again_names_nothing, make_commands),
	I(nothing_that_comes_out_acts, make_acting),
	I(what_acts_does_not_see_pieces, make_acting),
	I(little_is_held, make_input),
	I(a_delta_finds_what_its_object_has, make_long),
};

static const struct { const char *name; property *holds; } of_library[] = {
	P(every_split_of_short_inputs),
	P(json_stays_json),
	P(clean_bytes_pass),
	P(a_secret_at_any_offset),
	P(prompts_come_out_at_once),
	P(endless_streams_are_bounded),
	P(near_misses_cost_linear_time),
	P(hostile_rules_are_bounded),
	P(more_rules_mask_no_less),
	P(a_key_cut_anywhere_tells_nothing),
	P(threads_share_an_engine),
};

bool
fails(struct world *w, const char *fmt, ...)
{
	char text[sizeof w->why];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	memcpy(w->why, text, sizeof w->why);
	return false;
}

void
skips(const char *what)
{
	printf("skip %s\n", what);
}

struct stanch_engine *
engine_of(struct world *w, const struct stanch_rules *base, const char *toml,
	struct stanch_rules **rules)
{
	struct stanch_engine *e = NULL;
	struct stanch_error err;

	if (rule_set_read(rules, base, toml, strlen(toml), "prop.toml", NULL,
		NULL, NULL, &err) != STANCH_OK) {
		fails(w, "%s", err.text);
		return NULL;
	}
	if (stanch_engine_new(&e, *rules, NULL, &err) != STANCH_OK) {
		fails(w, "%s", err.text);
		stanch_rules_free(*rules);
		return NULL;
	}
	return e;
}

/* Leaves out ever smaller parts, as long as what is left fails too. */
static void
cut_down(struct world *w, input_property *holds, uint64_t seed, struct buf *in)
{
	struct buf less;
	int tries = 0;

	buf_init(&less, PROP_INPUT_MAX);
	for (size_t n = in->len / 2; n && tries < CUTS_MAX; n /= 2)
		for (size_t at = 0; at + n <= in->len && tries < CUTS_MAX; ) {
			less.len = 0;
			buf_append(&less, in->ptr, at);
			buf_append(&less, in->ptr + at + n,
				in->len - at - n);
			tries++;
			if (holds(w, buf_span(&less), seed)) {
				at += n;
			} else {
				in->len = 0;
				buf_append(in, less.ptr, less.len);
			}
		}
	holds(w, buf_span(in), seed);	/* for w->why */
	buf_free(&less);
}

static void
save(const struct world *w, const char *name, uint64_t seed,
	const struct buf *in)
{
	char path[4096];
	FILE *file;

	if (!w->save)
		return;
	snprintf(path, sizeof path, "%s/%s.%" PRIu64, w->save, name, seed);
	file = fopen(path, "w");
	if (!file)
		return;
	fwrite(in->ptr, 1, in->len, file);
	fclose(file);
	printf("     the input, %zu bytes, is in %s\n", in->len, path);
}

static void
report(struct world *w, const char *name, bool ok)
{
	w->passed += ok;
	w->failed += !ok;
	if (!ok)
		printf("FAIL %s\n     %s\n", name, w->why);
	fflush(stdout);
}

static void
try_inputs(struct world *w, const char *name, input_property *holds,
	make_fn *make)
{
	struct buf in;
	bool ok = true;

	buf_init(&in, PROP_INPUT_MAX);
	for (size_t i = 0; i < w->rounds && ok; i++) {
		uint64_t seed = w->seed + i;
		struct rng rng;

		rng_seed(&rng, seed);
		in.len = 0;
		make(&in, w->rules, &rng);
		ok = holds(w, buf_span(&in), seed);
		if (ok)
			continue;
		cut_down(w, holds, seed, &in);
		printf("PROP_SEED=%" PRIu64 " PROP_ROUNDS=1 fails:\n", seed);
		save(w, name, seed, &in);
	}
	report(w, name, ok);
	buf_free(&in);
}

static uint64_t
number(const char *variable, uint64_t otherwise)
{
	const char *s = getenv(variable);

	return s && *s ? strtoull(s, NULL, 10) : otherwise;
}

static bool
is_named(const char *name, int argc, char **argv)
{
	bool named = argc < 2;

	for (int i = 1; i < argc; i++)
		named |= !strcmp(argv[i], name);
	return named;
}

int
main(int argc, char **argv)
{
	struct world w = { .rules = stanch_rules_builtin(),
		.seed = number("PROP_SEED", 1),
		.rounds = (size_t)number("PROP_ROUNDS", 1500),
		.stream_mib = (size_t)number("PROP_STREAM", 256),
		.save = getenv("PROP_SAVE") };
	struct stanch_error err;

	if (stanch_engine_new(&w.engine, w.rules, NULL, &err) != STANCH_OK) {
		fprintf(stderr, "prop: %s\n", err.text);
		return 2;
	}
	for (size_t i = 0; i < sizeof of_input / sizeof *of_input; i++)
		if (is_named(of_input[i].name, argc, argv))
			try_inputs(&w, of_input[i].name, of_input[i].holds,
				of_input[i].make);
	for (size_t i = 0; i < sizeof of_library / sizeof *of_library; i++)
		if (is_named(of_library[i].name, argc, argv))
			report(&w, of_library[i].name,
				of_library[i].holds(&w));
	stanch_engine_free(w.engine);
	printf("%zu passed, %zu failed\n", w.passed, w.failed);
	return w.failed || !w.passed;
}
