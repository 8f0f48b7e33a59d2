/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opt.h - commands and options, each described once in opt_table.c.  From
 * that table come parsing (opt.c), --help (opt_help.c), the man page
 * (opt_man.c) and the shells' completion (opt_complete.c).
 */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct cli;

/* ---- the table ---- */

enum opt_kind {
	OPT_FLAG,	/* bool */
	OPT_TEXT,	/* const char *, NULL without a default */
	OPT_MAYBE,	/* the same; its argument, after a =, may be left out:
			   "" then */
	OPT_FILE,	/* the same, a path */
	OPT_DIR,	/* the same, a directory */
	OPT_FILES,	/* struct opt_list, may be given again */
	OPT_CHOICE,	/* const char *, one of choices */
	OPT_NUMBER,	/* uint64_t */
	OPT_SIZE	/* uint64_t, bytes; K, M, G and T are powers of 1024 */
};

enum { OPT_LIST_MAX = 64 };

#define OPT_ALL (~0u)	/* the commands of an option that all have */
/* Among the commands: --help names it, the man page describes it. */
#define OPT_RARE (1u << 31)

struct opt_list {
	const char *v[OPT_LIST_MAX];
	size_t n;
};

struct opt_values {
	const char *format, *output, *confidence, *color;
	const char *key_file, *cache_dir, *tag, *fill;
	const char *audit, *audit_key_file, *on_audit_error;
	const char *log, *head, *stream, *mask_env;
	const char *since, *range, *refs, *today, *unfinished, *allow_comments;
	const char *into, *decode, *mask_command, *no_form, *remember;
	const char *formats;
	const char *in_band, *sandbox, *report;
	struct opt_list rules, mask_files;
	uint64_t jobs, max_file_size, seed, index, drain_timeout, audit_fd;
	uint64_t mask_fd, time_budget, report_fd;
	uint64_t max_depth, max_decoded, max_ratio, max_members;
	uint64_t decoder_memory, decoder_seconds;
	bool no_builtin, no_cache, show_secrets, quiet, no_progress;
	bool stats, negative, help, version, pty, no_pty, audit_hash;
	bool mask_weak, json, neutral, check;
	bool history, no_history, staged, all_places, authors, global;
	bool no_archives, no_delta_aware, explain_coverage, require_sandbox;
};

struct opt_spec {
	char letter;		/* 0: none */
	enum opt_kind kind;
	const char *name;	/* without the dashes */
	const char *arg;	/* name of its argument, NULL for a flag */
	const char *value;	/* default, NULL: none */
	const char *choices;	/* "a|b|c" */
	size_t at;		/* offset in struct opt_values */
	unsigned commands;	/* bits of those it belongs to; 0: to none */
	const char *help;	/* at most 50 columns; {} stands for choices */
	const char *more;	/* further sentences of the man page, or NULL */
};

struct command {
	const char *name;	/* "rules list" has two words */
	const char *args;	/* operands as the usage line shows them */
	size_t least, most;	/* how many */
	unsigned bit;		/* 0: takes no option but --help */
	bool hidden;		/* not in the list of commands */
	bool wraps;		/* what follows "--" is a command to run */
	int (*run)(struct cli *cli);
	const char *summary;	/* at most 60 columns, no full stop */
	const char *about;	/* a paragraph of the man page */
	const char *examples;	/* "command\tpurpose\n"... */
	const char *status;	/* exit status, one line */
};

extern const struct opt_spec opt_specs[];	/* ends with name NULL */
extern const struct command opt_commands[];	/* ends with name NULL */

/* The command called name, or NULL. */
const struct command *opt_command(const char *name);
bool opt_belongs(const struct opt_spec *spec, const struct command *cmd);
/* Whether cmd is one of the commands of group, as "rules list" of "rules". */
bool opt_in_group(const struct command *cmd, const struct command *group);
bool opt_is_group(const struct command *cmd);

/* ---- parsing ---- */

/*
 * Finds the command, puts options into cli->opt, and the operands into
 * cli->args.  What is wrong is said on standard error.  False: end with
 * EXIT_TROUBLE.  The strings are borrowed from argv.
 */
bool opt_parse(struct cli *cli, int argc, char **argv);

/*
 * Puts value where the option's value goes.  NULL, or what is wrong with it:
 * "is not ..." (before the choices, when it has some).
 */
const char *opt_store(struct opt_values *values, const struct opt_spec *spec,
	const char *value);
/* All values as the table has them. */
void opt_defaults(struct opt_values *values);

/* Which of the words was meant, or NULL; next() gives them, NULL at the end. */
const char *opt_nearest(const char *word,
	const char *(*next)(void *from, size_t i), void *from);

/* ---- what is derived ---- */

enum { OPT_HELP_MAX = 128 };

/* The option's help line, with its choices and default.  Returns buf. */
const char *opt_help_text(const struct opt_spec *spec, char buf[OPT_HELP_MAX]);
void opt_help_program(FILE *to);
void opt_help_command(FILE *to, const struct command *cmd);
void opt_man_page(FILE *to);
/* shell: "bash", "zsh" or "fish". */
void opt_completion(FILE *to, const char *shell);

#endif
