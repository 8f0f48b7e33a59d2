/* SPDX-License-Identifier: Apache-2.0 */
/* form.c - elements of forms, in a row and one by one. */
#include <criterion/criterion.h>
#include <ctype.h>

#include "known/form.h"

enum { TEXT_MOST = 4096 };

static const char *const parts[] = {
	"4kq7w1zt9x2m", "p@ss/w0rd+=x&y!z", "two\nlines of it\r\nand three",
	"AbCdEfGhIjKlMnOpQrStUvWxYz012345678", "++//++//?>>",
};

/* Bytes of an element as form_text() has it. */
static size_t
bytes_of(const struct element *e)
{
	return e->kind == ELEMENT_NONE ? 0 : e->kind == ELEMENT_BETWEEN &&
		e->c == BETWEEN_COMMA ? 2 : 1;
}

static bool
is_one_byte(const struct element *e, uint8_t c)
{
	switch (e->kind) {
	case ELEMENT_EXACT:
	case ELEMENT_BASE64:
		return c == e->c;
	case ELEMENT_FOLD:
	case ELEMENT_ESCAPED:
		return tolower(c) == tolower(e->c);
	default:
		return false;
	}
}

/* From the i-th element on, which stands at text. */
static size_t
expect_row(const struct form *f, size_t i, struct span text)
{
	struct element e = form_element(f, i);
	size_t n = form_plain(f, i, text);

	for (size_t k = 0; k < n; k++) {
		struct element each = form_element(f, i + k);

		cr_assert(is_one_byte(&each, text.ptr[k]));
		cr_assert_eq(form_plain(f, i, span_first(text, k)), k);
	}
	if (e.kind != ELEMENT_EXACT && e.kind != ELEMENT_BETWEEN &&
		e.kind != ELEMENT_NONE && e.kind != ELEMENT_LINE_END &&
		isalnum(e.c) && !(f->kind == FORM_NUMBERS))
		cr_assert(n, "form %d/%d, element %zu", f->kind, f->variant,
			i);
	return n;
}

static void
expect_form(const struct form *f)
{
	static uint8_t text[TEXT_MOST], other[TEXT_MOST];
	size_t len = form_text(f, text, sizeof text), at = 0, n;

	for (size_t i = 0; i < form_elements(f); i++) {
		struct element e = form_element(f, i);

		n = expect_row(f, i, span_of(text + at, len - at));
		for (size_t k = 0; k < n; k++) {
			memcpy(other, text, len);
			other[at + k] ^= 0x11;
			cr_assert_eq(form_plain(f, i, span_of(other + at,
				len - at)), k);
		}
		at += bytes_of(&e);
	}
	cr_assert_eq(at, len);
}

Test(known_form, elements_in_a_row_are_the_elements_one_by_one)
{
	size_t forms = 0;

	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
		struct span part = span_of(parts[p], strlen(parts[p]));
		struct form f;

		for (size_t i = 0; form_make(&f, part, i, 0); i++, forms++)
			expect_form(&f);
	}
	cr_assert_gt(forms, (size_t)50);
}
