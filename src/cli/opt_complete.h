/* SPDX-License-Identifier: Apache-2.0 */
/* opt_complete.h - what the completion scripts of all shells need. */
#ifndef CLI_OPT_COMPLETE_H
#define CLI_OPT_COMPLETE_H

#include "cli/opt.h"

/* "a|b" with another character between. */
void complete_split(FILE *to, const char *s, char between);
/* Inside single quotes of the shell; each of special gets a backslash. */
void complete_quoted(FILE *to, const char *s, const char *special);
/* What the shell should offer as an option's argument, or as an operand. */
bool complete_takes_file(const struct opt_spec *spec);
bool complete_operand_word(const struct command *c);	/* "bash|zsh" */
bool complete_operand_file(const struct command *c);	/* "[PATH...]" */
bool complete_operand_rule(const struct command *c);	/* "ID" */
/* Neither hidden nor one of a group. */
bool complete_is_top(const struct command *c);

void complete_bash(FILE *to);
void complete_zsh(FILE *to);
void complete_fish(FILE *to);

#endif
