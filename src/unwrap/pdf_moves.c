/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_moves.c - matrices of text and page.  Widths are not known here. */
#include "unwrap/pdf_moves.h"

#include <math.h>

enum { MOST = 1000000 };	/* thousandths that are told apart */

static const struct pdf_matrix unit = { .a = 1, .d = 1 };

void
pdf_moves_begin(struct pdf_moves *m)
{
	m->now.page = unit;
	m->now.stretch = 1;
	*m = (struct pdf_moves){ .now = m->now, .line = unit };
}

/* First by m, then by n. */
static struct pdf_matrix
by(struct pdf_matrix m, struct pdf_matrix n)
{
	return (struct pdf_matrix){
		.a = m.a * n.a + m.b * n.c, .b = m.a * n.b + m.b * n.d,
		.c = m.c * n.a + m.d * n.c, .d = m.c * n.b + m.d * n.d,
		.e = m.e * n.a + m.f * n.c + n.e,
		.f = m.e * n.b + m.f * n.d + n.f };
}

static struct pdf_matrix
matrix(const double *v)
{
	return (struct pdf_matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
}

static void
save(struct pdf_moves *m)
{
	if (m->nsaved < PDF_STATES)
		m->saved[m->nsaved] = m->now;
	m->nsaved += m->nsaved < UINT32_MAX;
}

static void
restore(struct pdf_moves *m)
{
	if (!m->nsaved)
		return;
	if (--m->nsaved < PDF_STATES)
		m->now = m->saved[m->nsaved];
}

static bool
is(struct span op, const char *name)
{
	return span_equal(op, span_str(name));
}

static void
set_line(struct pdf_moves *m, struct pdf_matrix line)
{
	m->line = line;
	m->moved = true;
}

static void
shift(struct pdf_moves *m, const double *v)
{
	const struct pdf_matrix to = { .a = 1, .d = 1, .e = v[0], .f = v[1] };

	set_line(m, by(to, m->line));
}

static void
operate_page(struct pdf_moves *m, struct span op, const double *six)
{
	if (is(op, "q"))
		save(m);
	else if (is(op, "Q"))
		restore(m);
	else if (is(op, "cm"))
		m->now.page = by(matrix(six), m->now.page);
	else if (is(op, "'") || is(op, "\""))
		m->next_line = true;
}

static void
operate_state(struct pdf_moves *m, uint8_t what, double v)
{
	if (what == 'f')
		m->now.size = v;
	else if (what == 'c')
		m->now.spacing = v;
	else if (what == 'z')
		m->now.stretch = v / 100;
}

void
pdf_moves_operate(struct pdf_moves *m, struct span op, const double *numbers,
	size_t n)
{
	static const double none[6];
	const double *six = n >= 6 ? numbers + n - 6 : none;
	const double *two = n >= 2 ? numbers + n - 2 : none;

	if (op.len == 1 || is(op, "cm"))
		operate_page(m, op, six);
	else if (is(op, "BT"))
		set_line(m, unit);
	else if (is(op, "Tm"))
		set_line(m, matrix(six));
	else if (is(op, "Td") || is(op, "TD"))
		shift(m, two);
	else if (n && op.len == 2 && op.ptr[0] == 'T')
		operate_state(m, op.ptr[1], numbers[n - 1]);
	else if (is(op, "T*"))
		m->next_line = true;
}

enum pdf_move
pdf_moves_show(struct pdf_moves *m, int32_t *gap)
{
	struct pdf_matrix t = by(m->line, m->now.page);
	double scale = hypot(t.a, t.b), em = m->now.size * scale;
	double dx = t.e - m->x, dy = t.f - m->y;
	double along = (dx * t.a + dy * t.b) / scale / em /
		m->now.stretch * 1000;
	double across = (dy * t.a - dx * t.b) / scale / em * 1000;
	bool first = !m->shown, moved = m->moved, line = m->next_line;

	m->shown = true;
	m->moved = m->next_line = false;
	if (moved) {
		m->x = t.e;
		m->y = t.f;
	}
	*gap = 0;
	if (first)
		return PDF_STAYS;
	if (line)
		return PDF_NEXT_LINE;
	if (!moved)
		return PDF_STAYS;
	/* Not a number is not less, either. */
	if (!(fabs(across) < 200 && along > 50))
		return PDF_NEXT_LINE;
	*gap = along < MOST ? (int32_t)along : MOST;
	return PDF_MOVES;
}
