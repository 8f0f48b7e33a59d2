/* SPDX-License-Identifier: Apache-2.0 */
/*
 * block.c - how far a private key goes.  What kind of key it is, and whether
 * it parses, is for judge/check_key.c to say.
 */
#include "scan/block.h"

#include <ctype.h>

enum {
	RUN_FIRST = 24,		/* the first run, of mixed characters */
	RUN_MIN = 16,		/* any later one */
	GAP_MAX = 256,
	MARK_TAIL = 64		/* "-----END" to its last dashes */
};

/* Of what stands behind the last run. */
enum { REST_NONE, REST_LINE_END, REST_LINE, REST_DONE };

static const char mark[] = "-----END";
enum { MARK = sizeof mark - 1 };

void
block_begin(struct block *b, uint64_t pos)
{
	*b = (struct block){ .pos = pos, .sure = pos };
}

static bool
is_base64(uint8_t c)
{
	return isalnum(c) || c == '+' || c == '/';
}

static void
end_at(struct block *b, uint64_t pos)
{
	b->state = b->state == BLOCK_OPEN ? BLOCK_ENDED : BLOCK_NONE;
	b->sure = b->state == BLOCK_ENDED ? pos : b->sure;
}

/* Behind "-----END": up to and with the next five dashes, if they come. */
static void
take_mark(struct block *b, uint8_t c)
{
	b->tail++;
	b->mark = c == '-' ? b->mark + 1 : 0;
	if (b->mark == 5)
		end_at(b, b->pos + 1);
	else if (b->tail == MARK_TAIL || c == '\n')
		end_at(b, c == '\n' ? b->pos : b->pos + 1);
}

static void
take_run(struct block *b, uint8_t c)
{
	b->run++;
	b->lower |= islower(c) != 0;
	b->upper |= isupper(c) != 0;
	b->digit |= isdigit(c) != 0;
	if (b->state == BLOCK_UNSURE && b->run >= RUN_FIRST && b->lower &&
		b->upper && b->digit)
		b->state = BLOCK_OPEN;
	if (b->state == BLOCK_OPEN && b->run >= RUN_MIN) {
		b->sure = b->pos + 1;
		b->gap = 0;
		b->rest = REST_NONE;
	}
}

/* What may stand in a token, and so belongs to the run that it touches. */
static bool
is_word(uint8_t c)
{
	return c > 0x20 && c < 0x7f && !strchr("\"'`\\<>()[]{},;|&", c);
}

/* Real, or written "\n". */
static bool
is_line_end(uint8_t c)
{
	return c == '\n' || c == '\r' || c == '\\';
}

/*
 * Behind a run: the rest of its word, so that half a token never comes out,
 * and one shorter line, a key's last.
 */
static void
take_rest(struct block *b, uint8_t c)
{
	if (b->sure == b->pos && is_word(c)) {
		b->sure++;
	} else if (b->rest == REST_NONE && b->sure == b->pos) {
		b->rest = is_line_end(c) ? REST_LINE_END : REST_DONE;
	} else if (b->rest == REST_LINE_END && !is_line_end(c)) {
		b->rest = is_base64(c) ? REST_LINE : REST_DONE;
	} else if (b->rest == REST_LINE && !is_base64(c) && c != '=') {
		if (is_line_end(c) || c == '"' || c == '\'')
			b->sure = b->pos;
		b->rest = REST_DONE;
	}
}

static void
take_gap(struct block *b)
{
	b->run = 0;
	b->lower = b->upper = b->digit = false;
}

static void
take(struct block *b, uint8_t c)
{
	if (b->marked) {
		take_mark(b, c);
		return;
	}
	b->gap++;
	if (b->state == BLOCK_OPEN)
		take_rest(b, c);
	if (is_base64(c))
		take_run(b, c);
	else
		take_gap(b);
	/* "------END": any number of dashes may lead. */
	if (c == (uint8_t)mark[b->mark])
		b->mark++;
	else if (!(c == '-' && b->mark == 5))
		b->mark = c == '-';
	if (b->mark == MARK) {
		b->marked = true;
		b->mark = 0;
	} else if (b->gap > GAP_MAX && b->run < RUN_MIN) {
		end_at(b, b->sure);
	}
}

void
block_take(struct block *b, struct span bytes, bool final)
{
	for (size_t i = 0; i < bytes.len && b->state <= BLOCK_OPEN; i++) {
		take(b, bytes.ptr[i]);
		b->pos++;
	}
	/* Cut off inside its last line: that line is the key's too. */
	if (final && b->state <= BLOCK_OPEN)
		end_at(b, b->rest == REST_LINE || b->marked ? b->pos :
			b->sure);
}
