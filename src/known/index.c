/* SPDX-License-Identifier: Apache-2.0 */
/* index.c - values to forms, forms to tables: see index.h. */
#include "known/index.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/error.h"

enum {
	TEXT = 32,		/* bytes of a form that tables are made of */
	WINDOW = 8		/* how far behind the front a raw value's run
				   of RUN_FIRM bytes may begin */
};

/* ---- tables ---- */

/* How unlike other text RUN_FIRM bytes are. */
static unsigned
oddness(const uint8_t *text)
{
	unsigned odd = 0;

	for (size_t i = 0; i < RUN_FIRM; i++)
		odd += isdigit(text[i]) || isupper(text[i]) ? 2 :
			text[i] == ' ' || text[i] == '/' ? 0 : 1;
	return odd;
}

/*
 * Where the run lies by which a raw value is found: where it is oddest, so
 * that "https://" is not, but in the half that may stand alone.
 */
static size_t
window_of(const struct form *f, const uint8_t *text, size_t len)
{
	size_t best = 0, room = f->half ? f->half : len;

	if (f->kind != FORM_RAW)
		return 0;
	for (size_t i = 1; i <= WINDOW && i + RUN_FIRM <= room; i++)
		if (oddness(text + i) > oddness(text + best))
			best = i;
	return best;
}

static bool
add_runs(struct index *ix, struct grams *g, const uint8_t *text, size_t first,
	size_t n)
{
	uint32_t form = (uint32_t)(ix->nforms - 1);

	for (size_t i = first; i < first + n; i++)
		if (!grams_add(g, text + i, form, i))
			return false;
	return true;
}

/*
 * The form's text as it is read where it is broken.  escaped: each byte of it
 * that could be a part of an escape is escaped itself.
 */
static size_t
read_text(const struct index *ix, const struct form *f, bool escaped,
	uint8_t *out, size_t size)
{
	uint8_t raw[TEXT];
	struct span s = span_of(f->bytes, f->len);
	size_t n = 0, takes;
	bool line;
	int c;

	if (f->kind != FORM_RAW)
		s = span_of(raw, form_text(f, raw, sizeof raw));
	while (s.len && n < size) {
		takes = normal_take(&ix->normal, escaped ? span_first(s, 1) :
			s, true, &c, &line);
		s = span_skip(s, takes);
		if (c >= 0)
			out[n++] = (uint8_t)c;
		if (line)
			s = span_skip(s, normal_line_prefix(s));
	}
	explicit_bzero(raw, sizeof raw);
	return n;
}

/* Whether there may be a break before its firm bytes, or in them. */
static bool
may_break(const struct form *f)
{
	return f->kind == FORM_RAW || f->kind == FORM_BASE64;
}

/*
 * A break behind the firm bytes is none to look for.  Before each other one
 * the run begins that has one byte before the break, if there is so much text.
 */
static bool
add_read(struct index *ix, const uint8_t *text, size_t n)
{
	size_t runs = n < READ_LEN ? 0 : n - READ_LEN + 1;
	size_t most = ix->forms[ix->nforms - 1].firm_at + RUN_FIRM;

	if (runs + 1 < most)
		ix->over_most = READ_LEN - 1;
	return add_runs(ix, &ix->read, text, 0, runs < most ? runs : most) &&
		prefixes_add(&ix->normal_ones, text, n,
		(uint32_t)(ix->nforms - 1));
}

static bool
add_odd(struct index *ix)
{
	uint32_t *v = realloc(ix->odd, (ix->nodd + 1) * sizeof *v);

	if (!v)
		return false;
	ix->odd = v;
	ix->odd[ix->nodd++] = (uint32_t)(ix->nforms - 1);
	return true;
}

/* What looks like an escape in the value itself is read as one, or not. */
static bool
index_broken(struct index *ix, const struct form *f)
{
	uint8_t text[TEXT], other[TEXT];
	size_t n = read_text(ix, f, false, text, sizeof text);
	size_t m = f->kind == FORM_RAW ? read_text(ix, f, true, other,
		sizeof other) : 0;
	bool same = !m || span_equal(span_of(text, n), span_of(other, m));
	bool ok = add_read(ix, text, n) && (same || add_read(ix, other, m)) &&
		(n >= READ_LEN || add_odd(ix));

	explicit_bzero(text, sizeof text);
	explicit_bzero(other, sizeof other);
	return ok;
}

static bool
index_form(struct index *ix, struct form *f)
{
	uint8_t text[TEXT] = { 0 };
	size_t n = form_text(f, text, sizeof text);
	bool ok = prefixes_add(&ix->plain, text, n,
		(uint32_t)(ix->nforms - 1));

	f->firm_at = (uint8_t)window_of(f, text, n);
	f->firm = grams_fold(grams_load(text + f->firm_at));
	if (f->kind == FORM_WORD)
		ok = ok && add_runs(ix, &ix->words, text, 0, 1);
	else
		ok = ok && add_runs(ix, &ix->runs, text, f->firm_at, RUN_STEP);
	explicit_bzero(text, sizeof text);
	return ok && (!may_break(f) || f->whole || index_broken(ix, f));
}

/* ---- parts ---- */

static bool
add_form(struct index *ix, const struct form *f)
{
	size_t cap = ix->forms_cap ? ix->forms_cap * 2 : 64;
	struct form *v;

	if (ix->nforms == ix->forms_cap) {
		v = calloc(cap, sizeof *v);
		if (!v)
			return false;
		if (ix->forms) {
			memcpy(v, ix->forms, ix->nforms * sizeof *v);
			explicit_bzero(ix->forms, ix->nforms * sizeof *v);
			free(ix->forms);
		}
		ix->forms = v;
		ix->forms_cap = cap;
	}
	ix->forms[ix->nforms++] = *f;
	return index_form(ix, &ix->forms[ix->nforms - 1]);
}

struct making {
	struct index *ix;
	unsigned without;
	uint32_t value;
};

/* Of which the alphabet for addresses is another one. */
static bool
is_same_as_base64(const struct form *f)
{
	uint8_t text[TEXT];
	size_t n = form_text(f, text, sizeof text), i = 0;

	if (f->kind != FORM_BASE64 || f->variant < 3)
		return false;
	while (i < n && text[i] != '-' && text[i] != '_')
		i++;
	explicit_bzero(text, sizeof text);
	return i == n;
}

static bool
add_part(const struct making *m, struct span part)
{
	struct form f;
	bool ok = true;

	for (size_t i = 0; ok && form_make(&f, part, i, m->without); i++) {
		f.value = m->value;
		ok = is_same_as_base64(&f) || add_form(m->ix, &f);
	}
	return ok;
}

/* A line, in pieces when it is long; the last is as long as the others. */
static bool
add_line(const struct making *m, struct span line)
{
	bool ok = true;

	while (ok && line.len > FORM_PART) {
		ok = add_part(m, span_first(line, FORM_PART));
		line = span_skip(line, line.len >= 2 * FORM_PART ?
			FORM_PART : line.len - FORM_PART);
	}
	return ok && add_part(m, line);
}

static bool
is_trivial(struct span s)
{
	const char *why;

	return s.len < VALUE_LINE_MIN ||
		value_use(s, false, &why) != STANCH_VALUE_FULL;
}

static bool
add_lines(const struct making *m, struct span rest)
{
	bool ok = rest.len > FORM_PART || add_part(m, rest);

	while (ok && rest.len) {
		const uint8_t *end = memchr(rest.ptr, '\n', rest.len);
		struct span line = end ? span_first(rest,
			(size_t)(end - rest.ptr)) : rest;

		rest = span_skip(rest, line.len + (end != NULL));
		line = value_core(line);
		if (!is_trivial(line))
			ok = add_line(m, line);
	}
	return ok;
}

static bool
add_word(struct index *ix, const struct value *v, uint32_t i)
{
	struct form f = { .bytes = v->bytes, .len = (uint16_t)v->len,
		.kind = FORM_WORD, .value = i };

	return add_form(ix, &f);
}

static bool
add_value(struct index *ix, const struct stanch_values *values, uint32_t i)
{
	const struct value *v = values->v[i];
	struct span s = span_of(v->bytes, v->len);
	struct making m = { ix, values->without, i };

	if (v->use == STANCH_VALUE_WORD && v->len <= UINT16_MAX)
		return add_word(ix, v, i);
	ix->full = true;
	ix->broken = !(values->without & STANCH_FORM_BROKEN);
	ix->signs |= !isalnum(v->bytes[0]);
	return memchr(s.ptr, '\n', s.len) ? add_lines(&m, s) :
		add_line(&m, s);
}

/* ---- the whole ---- */

/* Each first half byte of a site has a bit; there are fewer than eight. */
static void
make_nibbles(struct index *ix)
{
	uint8_t next = 1;

	for (unsigned c = 0; c < 256; c++) {
		if (!ix->normal.site[c])
			continue;
		if (!ix->nibble_high[c >> 4]) {
			ix->nibble_high[c >> 4] = next;
			next = (uint8_t)(next << 1);
		}
		ix->nibble_low[c & 15] |= ix->nibble_high[c >> 4];
	}
}

static bool
finish(struct index *ix)
{
	make_nibbles(ix);
	prefixes_sort(&ix->plain);
	prefixes_sort(&ix->normal_ones);
	return grams_finish(&ix->runs) && grams_finish(&ix->read) &&
		grams_finish(&ix->words);
}

static void
init(struct index *ix, const struct stanch_values *values)
{
	ix->over_most = 1;
	grams_init(&ix->runs, RUN_LEN);
	grams_init(&ix->read, READ_LEN);
	grams_init(&ix->words, WORD_LEN);
	normal_init(&ix->normal);
	for (size_t i = 0; i < values->n; i++)
		if (values->v[i]->use == STANCH_VALUE_FULL)
			normal_add(&ix->normal, span_of(values->v[i]->bytes,
				values->v[i]->len));
}

enum stanch_result
index_new(struct index **out, const struct stanch_values *values,
	struct stanch_error *err)
{
	struct index *ix = calloc(1, sizeof *ix);
	enum stanch_result r = STANCH_OK;

	if (!ix)
		return error_nomem(err);
	init(ix, values);
	for (size_t i = 0; r == STANCH_OK && i < values->n; i++) {
		if (!add_value(ix, values, (uint32_t)i))
			r = error_nomem(err);
		else if (ix->nforms > INDEX_FORMS_MOST)
			r = error_set(err, STANCH_ELIMIT,
				values->v[i]->rule.id, "the values are too "
				"long, all together, to be looked for");
	}
	if (r == STANCH_OK && !finish(ix))
		r = error_nomem(err);
	if (r != STANCH_OK) {
		index_free(ix);
		return r;
	}
	*out = ix;
	return STANCH_OK;
}

void
index_free(struct index *ix)
{
	if (!ix)
		return;
	grams_free(&ix->runs);
	grams_free(&ix->read);
	grams_free(&ix->words);
	prefixes_free(&ix->plain);
	prefixes_free(&ix->normal_ones);
	if (ix->forms)
		explicit_bzero(ix->forms, ix->forms_cap * sizeof *ix->forms);
	free(ix->forms);
	free(ix->odd);
	explicit_bzero(ix, sizeof *ix);
	free(ix);
}
