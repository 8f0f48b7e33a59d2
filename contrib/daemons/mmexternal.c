/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mmexternal.c - rsyslog's message modification, by the library: a message a
 * line comes in, {"msg":"..."} with its secrets masked goes out.
 *
 *	cc -o stanch-mmexternal mmexternal.c \
 *		$(pkg-config --cflags --libs stanch)
 *
 * It is an example of how to embed the filter: rules and engine once, a filter
 * for each piece that is to be looked at by itself.  Nothing that was not
 * filtered ever leaves it.
 */
#include <stanch.h>

#include <stdio.h>
#include <stdlib.h>

/* Output of the filter goes into a string of JSON, piece by piece. */
static bool
put_json(const void *data, size_t len, void *payload)
{
	const unsigned char *p = data;
	FILE *out = payload;

	for (size_t i = 0; i < len; i++)
		if (p[i] < 0x20 || p[i] == '"' || p[i] == '\\')
			fprintf(out, "\\u%04x", p[i]);
		else
			putc(p[i], out);
	return !ferror(out);
}

/* The answer to one message, in memory: half of one must not go out. */
static char *
answer(const struct stanch_engine *engine, const char *msg, size_t len)
{
	struct stanch_filter_options opt = { .size = sizeof opt,
		.on_output = put_json, .least = STANCH_CONTEXTUAL };
	struct stanch_filter *filter;
	char *text = NULL;
	size_t n = 0;
	bool ok;

	opt.payload = open_memstream(&text, &n);
	if (!opt.payload)
		return NULL;
	fputs("{\"msg\":\"", opt.payload);
	ok = stanch_filter_new(&filter, engine, &opt, NULL) == STANCH_OK;
	if (ok) {
		ok = stanch_filter_write(filter, msg, len, STANCH_FINISH) ==
			STANCH_OK;
		stanch_filter_free(filter);
	}
	fputs("\"}", opt.payload);
	ok = fclose(opt.payload) == 0 && ok;
	if (ok)
		return text;
	free(text);
	return NULL;
}

int
main(void)
{
	struct stanch_error err;
	struct stanch_engine *engine;
	char *line = NULL, *text;
	size_t cap = 0;
	ssize_t len;

	if (stanch_engine_new(&engine, stanch_rules_builtin(), NULL, &err) !=
		STANCH_OK) {
		fprintf(stderr, "stanch-mmexternal: %s\n", err.text);
		return 1;
	}
	while ((len = getline(&line, &cap, stdin)) > 0) {
		len -= line[len - 1] == '\n';
		text = answer(engine, line, (size_t)len);
		puts(text ? text : "{\"msg\":\"[REDACTED:stanch failed]\"}");
		free(text);
		if (fflush(stdout) != 0)
			return 1;
	}
	free(line);
	stanch_engine_free(engine);
	return 0;
}
