/* SPDX-License-Identifier: Apache-2.0 */
/* plan.c - reads bench/plan.  Running it is measure.c's. */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "figure.h"

const char *const where_names[] = { "free", "core", "apart" };

static bool
read_group(struct plan *plan, const char *text)
{
	struct group *g = &plan->groups[plan->n];
	char where[8], file[256] = "";
	struct stat st;
	int n;

	if (plan->n == PLAN_GROUPS)
		return false;
	n = sscanf(text, "%u %7s %255s", &g->rounds, where, file);
	if (n < 2 || g->rounds == 0 || g->rounds > PLAN_ROUNDS)
		return false;
	while (g->where < WHERE_COUNT &&
		strcmp(where, where_names[g->where]) != 0)
		g->where++;
	if (n == 3) {
		if (stat(file, &st) != 0)
			return false;
		g->bytes = (double)st.st_size;
	}
	plan->n++;
	return g->where < WHERE_COUNT;
}

static bool
read_run(struct plan *plan, const char *text)
{
	struct group *g = &plan->groups[plan->n - 1];
	struct run *r = &g->runs[g->nruns];
	int at = 0;
	char *copy;

	if (plan->n == 0 || g->nruns == PLAN_RUNS ||
		sscanf(text, "%23s %n", r->name, &at) != 1 || at == 0)
		return false;
	r->command = strdup(text + at);
	copy = strdup(text + at);
	if (!r->command || !copy)
		return false;
	r->command[strcspn(r->command, "\n")] = '\0';
	g->nruns++;
	return pipeline_parse(&r->pipeline, copy);
}

static const struct run *
find_run(const struct group *g, const char *name)
{
	for (size_t i = 0; i < g->nruns; i++)
		if (strcmp(g->runs[i].name, name) == 0)
			return &g->runs[i];
	return NULL;
}

static bool
read_row(struct plan *plan, const char *text)
{
	struct group *g = &plan->groups[plan->n - 1];
	struct row *r = &g->rows[g->nrows];
	char metric[24], it[24], under[24], target[24];

	if (plan->n == 0 || g->nrows == PLAN_ROWS ||
		sscanf(text, "%23s %23s %23s %23s %63[^\n]", metric, it,
			under, target, r->title) != 5)
		return false;
	r->metric = metric_find(metric);
	r->it = find_run(g, it);
	r->floor = find_run(g, under);
	r->aimed = strcmp(target, "-") != 0;
	r->target = r->aimed ? strtod(target, NULL) : 0;
	g->nrows++;
	return r->metric && r->it && (r->floor || strcmp(under, "-") == 0);
}

static bool
read_line(struct plan *plan, const char *line)
{
	static const struct {
		const char *word;
		bool (*read)(struct plan *plan, const char *text);
	} words[] = {
		{ "group ", read_group }, { "run ", read_run },
		{ "row ", read_row },
	};

	line += strspn(line, " \t");
	if (*line == '#' || *line == '\n')
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].word);

		if (strncmp(line, words[i].word, n) == 0)
			return words[i].read(plan, line + n);
	}
	return false;
}

bool
plan_read(struct plan *plan, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];
	bool ok = true;

	if (!f) {
		perror(path);
		return false;
	}
	for (unsigned n = 1; ok && fgets(line, sizeof line, f); n++) {
		ok = read_line(plan, line);
		if (!ok)
			fprintf(stderr, "measure: %s:%u: cannot be used\n",
				path, n);
	}
	fclose(f);
	return ok && plan->n > 0;
}
