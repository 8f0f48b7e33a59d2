/* SPDX-License-Identifier: Apache-2.0 */
/* results.c - everything that was measured, as JSON. */
#include "table.h"

#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "figure.h"

static void
put_text(FILE *out, const char *name, const char *text)
{
	fprintf(out, "\"%s\": \"", name);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		if ((unsigned char)*text >= 0x20)
			fputc(*text, out);
	}
	fputs("\", ", out);
}

static void
put_machine(FILE *out)
{
	char cpu[256] = "", line[256], date[32];
	FILE *f = fopen("/proc/cpuinfo", "r");
	time_t t = time(NULL);
	struct utsname u;

	while (f && !cpu[0] && fgets(line, sizeof line, f))
		sscanf(line, "model name : %255[^\n]", cpu);
	if (f)
		fclose(f);
	strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime(&t));
	put_text(out, "date", date);
	put_text(out, "cpu", cpu);
	if (uname(&u) == 0)
		put_text(out, "kernel", u.release);
	fprintf(out, "\"cores\": %ld,\n", sysconf(_SC_NPROCESSORS_ONLN));
}

static void
put_summary(FILE *out, const char *name, const struct run *run, size_t n,
	size_t offset)
{
	double v[PLAN_ROUNDS];
	struct summary s;

	for (size_t i = 0; i < n; i++)
		memcpy(&v[i], (const char *)&run->took[i] + offset,
			sizeof *v);
	s = figure_summary(v, n);
	fprintf(out, "\"%s\": [%.6g, %.6g, %.6g]", name, s.median, s.least,
		s.most);
}

static void
put_run(FILE *out, const struct group *g, const struct run *r)
{
	fputs("\t\t\t{ ", out);
	put_text(out, "run", r->name);
	put_text(out, "command", r->command);
	put_summary(out, "wall_s", r, g->rounds, offsetof(struct usage, wall));
	fputs(", ", out);
	put_summary(out, "user_s", r, g->rounds, offsetof(struct usage, user));
	fputs(", ", out);
	put_summary(out, "sys_s", r, g->rounds, offsetof(struct usage, sys));
	fputs(", ", out);
	put_summary(out, "peak_kib", r, g->rounds,
		offsetof(struct usage, peak));
	fputs(" }", out);
}

static void
put_row(FILE *out, const struct group *g, const struct row *r)
{
	struct summary s = figure_of(g, r);

	fputs("\t\t\t{ ", out);
	put_text(out, "figure", r->title);
	put_text(out, "metric", r->metric->name);
	put_text(out, "unit", r->metric->unit);
	put_text(out, "run", r->it->name);
	put_text(out, "floor", r->floor ? r->floor->name : "");
	fprintf(out, "\"value\": [%.6g, %.6g, %.6g], ", s.median, s.least,
		s.most);
	if (r->aimed)
		fprintf(out, "\"%s\": %g, ", r->metric->more ? "at_least" :
			"at_most", r->target);
	fprintf(out, "\"verdict\": \"%s\" }", figure_verdict(r, s.median));
}

static void
put_group(FILE *out, const struct group *g)
{
	fprintf(out, "\t\t{ \"rounds\": %u, \"cores\": \"%s\", \"bytes\": %.0f,"
		"\n\t\t\"runs\": [\n", g->rounds, where_names[g->where],
		g->bytes);
	for (size_t i = 0; i < g->nruns; i++) {
		put_run(out, g, &g->runs[i]);
		fputs(i + 1 < g->nruns ? ",\n" : "\n", out);
	}
	fputs("\t\t], \"figures\": [\n", out);
	for (size_t i = 0; i < g->nrows; i++) {
		put_row(out, g, &g->rows[i]);
		fputs(i + 1 < g->nrows ? ",\n" : "\n", out);
	}
	fputs("\t\t] }", out);
}

void
table_json(FILE *out, const struct plan *plan, unsigned missed)
{
	fputs("{\n\t", out);
	put_machine(out);
	fprintf(out, "\t\"summary\": \"median, least, most\", \"missed\": %u,"
		"\n\t\"groups\": [\n", missed);
	for (size_t i = 0; i < plan->n; i++) {
		put_group(out, &plan->groups[i]);
		fputs(i + 1 < plan->n ? ",\n" : "\n", out);
	}
	fputs("\t]\n}\n", out);
}
