/* SPDX-License-Identifier: Apache-2.0 */
/* Text of a PDF whose fonts have codes of their own. */
#include "made.h"

TestSuite(unwrap_pdf_words, .timeout = 60);

/* Codes of two bytes, from 3 on for a blank and what follows it. */
static const char map[] = "/CIDInit /ProcSet findresource begin 12 dict begin "
	"begincmap /CMapName /Adobe-Identity-UCS def "
	"1 begincodespacerange <0000> <FFFF> endcodespacerange "
	"1 beginbfrange <0003> <0061> <0020> endbfrange endcmap end end";

static const char wide[] = "/Type /Font /Subtype /Type0 /Encoding /Identity-H "
	"/DescendantFonts [ 20 0 R ] /ToUnicode 9 0 R";

static void
stream(struct buf *b, unsigned number, const char *keys, struct span s)
{
	struct buf z = made_deflate(s, 15);

	buf_printf(b, "%u 0 obj\n<< %s /Filter /FlateDecode /Length %zu >>\n"
		"stream\n", number, keys, z.len);
	made_add(b, z.ptr, z.len);
	buf_str(b, "\nendstream\nendobj\n");
	buf_free(&z);
}

static void
object(struct buf *b, unsigned number, const char *keys)
{
	buf_printf(b, "%u 0 obj\n<< %s >>\nendobj\n", number, keys);
}

/* A text as <...> with codes of so many digits, that are `less` smaller. */
static void
codes(struct buf *b, const char *text, int digits, int less)
{
	buf_byte(b, '<');
	for (; *text; text++)
		buf_printf(b, "%0*X", digits, *text - less);
	buf_byte(b, '>');
}

/* A document: one content, then what comes behind it. */
static struct buf
begin(const char *content)
{
	struct buf b = made_buf();

	buf_str(&b, "%PDF-1.7\n");
	stream(&b, 4, "", span_str(content));
	return b;
}

static void
end(struct buf *b)
{
	buf_str(b, "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
}

static void
page(struct buf *b)
{
	object(b, 3, "/Type /Page /Contents 4 0 R /Resources << /Font << "
		"/F1 5 0 R /F2 6 0 R >> >>");
}

static struct made
unwrap_it(struct buf *b)
{
	struct made m = made_unwrap(buf_span(b), 512, NULL);

	buf_free(b);
	return m;
}

static void
has(struct buf *b, const char *const *want)
{
	made_has_all(buf_span(b), want);
	buf_free(b);
}

static void
has_not(struct buf *b, const char *const *unwanted)
{
	struct made m = unwrap_it(b);

	for (size_t i = 0; unwanted[i]; i++)
		cr_assert_not(made_has(&m, unwanted[i]), "'%s' in:\n%s",
			unwanted[i], (char *)m.text.ptr);
	buf_free(&m.text);
}

/* The content of most: hex strings, kerning, moves, two lines. */
static struct buf
usual(void)
{
	struct buf c = made_buf(), b;

	buf_str(&c, "q Q .24 0 0 -.24 0 792 cm BT /F1 10 Tf 1 0 0 -1 0 0 Tm "
		"20 30 Td [");
	codes(&c, "fi", 4, 29);
	buf_str(&c, " 25 ");
	codes(&c, "rst", 4, 29);
	buf_str(&c, " -60 ");
	codes(&c, " se", 4, 29);
	buf_str(&c, "] TJ 32.5 0 Td ");
	codes(&c, "cre", 4, 29);
	buf_str(&c, " Tj 13 0 Td ");
	codes(&c, "t", 4, 29);
	buf_str(&c, "Tj 90 0 Td ");
	codes(&c, "apart", 4, 29);
	buf_str(&c, "Tj -60 -14 Td (\\0008\\000H\\000\\f\\000\\\r\n[) Tj ET "
		"q BI /W 1 /H 1 ID (<( EI Q BT 0 -99 Td <</A (no)>> BDC ");
	codes(&c, "end", 4, 29);
	buf_str(&c, " Tj ET");
	buf_byte(&c, 0);
	b = begin((char *)c.ptr);
	buf_free(&c);
	return b;
}

static const char *const said[] = { "f!object 4!text: first secret apart\n"
	"Ue)x\nend\n", NULL };

static const char *const any_gap[] = { "gap ", NULL };

Test(unwrap_pdf_words, numbers_of_glyphs_are_letters)
{
	for (int i = 0; i < 2; i++) {
		struct buf b = usual();

		object(&b, 5, wide);
		stream(&b, 9, "", span_str(map));
		page(&b);
		end(&b);
		if (i)
			has_not(&b, any_gap);
		else
			has(&b, said);
	}
}

/* Fonts are where they may be: in resources, of their own, in the page. */
Test(unwrap_pdf_words, wherever_the_name_of_the_font_stands)
{
	static const char *const ways[] = {
		"3 0 obj << /Resources 7 0 R >> endobj "
		"7 0 obj << /Font << /F1 5 0 R >> >> endobj",
		"7 0 obj << /Font 8 0 R >> endobj 8 0 obj << /F2 6 0 R "
		"/F1 5 0 R >> endobj",
		"7 0 obj << /Font << /F#31 5 0 R >> >> endobj",
		"7 0 obj << /A [ << /Font << /F1 << /Type /Font /ToUnicode "
		"9 0 R /Encoding /Identity-H /Subtype /Type0 >> >> >> ] >> "
		"endobj",
		NULL };

	for (size_t i = 0; ways[i]; i++) {
		struct buf b = usual();

		object(&b, 5, wide);
		buf_printf(&b, "%s\n", ways[i]);
		stream(&b, 9, "", span_str(map));
		end(&b);
		has(&b, said);
	}
}

Test(unwrap_pdf_words, fonts_in_object_streams)
{
	struct buf b = usual(), o = made_buf();

	buf_printf(&o, "12 0 3 3 5 %zu    17 << /Resources << /Font << "
		"/F1 5 0 R >> >> >> << %s >> ",
		strlen("17 << /Resources << /Font << /F1 5 0 R >> >> >> "),
		wide);
	cr_assert(buf_byte(&o, 0));
	stream(&b, 8, "/Type /ObjStm /N 3 /First 15", span_str((char *)o.ptr));
	stream(&b, 9, "", span_str(map));
	end(&b);
	buf_free(&o);
	has(&b, said);
}

static struct buf
simple(const char *text, int less, const char *font)
{
	struct buf c = made_buf(), b;

	buf_str(&c, "BT /F2 9 Tf ");
	codes(&c, text, 2, less);
	buf_str(&c, " Tj ET");
	buf_byte(&c, 0);
	b = begin((char *)c.ptr);
	buf_free(&c);
	page(&b);
	object(&b, 6, font);
	return b;
}

Test(unwrap_pdf_words, codes_of_one_byte_and_all_forms_of_maps)
{
	struct buf b = simple("HIJKLMN", 'A', "/Type /Font /Subtype "
		"/TrueType /FirstChar 0 /ToUnicode 9 0 R");

	stream(&b, 9, "/Type /CMap", span_str("2 beginbfchar <07> <0066 0069> "
		"<08> <D83D DE00> endbfchar 2 beginbfrange <0009> <000A> "
		"[<0078> <0079>] <0B> <0D> <0061> endbfrange"));
	end(&b);
	has(&b, (const char *[]){ "f!object 4!text: "
		"fi\360\237\230\200xyabc\n", NULL });
}

/* A CMap as encoding: how long a code is, ToUnicode tells. */
Test(unwrap_pdf_words, codes_of_one_byte_and_of_two)
{
	struct buf b = begin("BT /F1 1 Tf <41 8142 43 8144> Tj ET");

	page(&b);
	object(&b, 5, "/Subtype /Type0 /Encoding 30 0 R /ToUnicode 9 0 R");
	stream(&b, 9, "", span_str("2 begincodespacerange <00> <7f> <8100> "
		"<9fff> endcodespacerange 2 beginbfrange <00> <7f> <0000> "
		"<8140> <8150> <0060> endbfrange"));
	end(&b);
	has(&b, (const char *[]){ "f!object 4!text: AbCd\n", NULL });
}

Test(unwrap_pdf_words, to_unicode_by_name)
{
	struct buf b = begin("BT /F1 1 Tf <0041 0042> Tj ET");

	page(&b);
	object(&b, 5, "/Subtype /Type0 /Encoding /Identity-H /ToUnicode "
		"/Identity-H");
	end(&b);
	has(&b, (const char *[]){ "f!object 4!text: AB\n", NULL });
}

Test(unwrap_pdf_words, differences)
{
	static const char list[] = "[ 1 /K /underscore /one.oldstyle /f_i "
		"30 /uni0041 /quoteright ]";

	for (int i = 0; i < 2; i++) {
		struct buf b = begin("BT /F2 1 Tf (\\001\\002\\003\\004a\\036"
			"\\037) Tj ET");

		page(&b);
		if (i)
			buf_printf(&b, "6 0 obj << /Type /Font /Encoding "
				"7 0 R >> endobj 7 0 obj << /Differences %s "
				">> endobj\n", list);
		else
			buf_printf(&b, "6 0 obj << /Type /Font /Encoding << "
				"/Differences %s >> >> endobj\n", list);
		end(&b);
		has(&b, (const char *[]){ "f!object 4!text: K_1fiaA"
			"\357\277\275\n", NULL });
	}
}

/* One name, fonts of several pages: that of the page, by all ways to it; where
   no page is seen, each is tried. */
Test(unwrap_pdf_words, a_name_of_several_fonts)
{
	static const struct { const char *page, *want; } cases[] = {
		{ "3 0 obj << /Font << /F1 15 0 R >> >> endobj", "text 2: " },
		{ "3 0 obj << /Contents 4 0 R /Resources << /Font << /F1 "
			"15 0 R >> >> >> endobj", "text: " },
		{ "3 0 obj << /Contents [ 2 0 R 4 0 R ] /Resources 7 0 R >> "
			"endobj 7 0 obj << /Font 8 0 R >> endobj 8 0 obj "
			"<< /F1 15 0 R >> endobj", "text: " },
		{ "3 0 obj << /Contents 10 0 R /Parent 7 0 R >> endobj 10 0 "
			"obj [ 4 0 R 2 0 R ] endobj 7 0 obj << /Kids [ 3 0 R ] "
			"/Resources << /Font << /F1 15 0 R >> >> >> endobj",
			"text: " },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = usual(), want = made_buf();

		buf_printf(&want, "f!object 4!%sfirst secret apart\n",
			cases[i].want);
		cr_assert(buf_byte(&want, 0));
		object(&b, 5, wide);
		object(&b, 13, "/Resources << /Font << /F1 5 0 R >> >>");
		buf_printf(&b, "%s\n", cases[i].page);
		object(&b, 15, "/Type /Font /Subtype /Type0 /Encoding "
			"/Identity-H /ToUnicode 19 0 R");
		stream(&b, 9, "", span_str("1 beginbfrange <0000> <ffff> "
			"<4000> endbfrange"));
		stream(&b, 19, "", span_str(map));
		end(&b);
		has(&b, (const char *[]){ (char *)want.ptr, NULL });
		buf_free(&want);
	}
}

/* Strings are one word where they stand as close as their widths say. */
Test(unwrap_pdf_words, widths_tell_words)
{
	static const struct { const char *font, *more; } cases[] = {
		{ "/Subtype /Type0 /Encoding /Identity-H /DescendantFonts "
			"[ 20 0 R ] ", "20 0 obj << /Type /Font /W [ 36 [ 300 "
			"250.5 ] 38 40 700 ] /DW 500 >> endobj" },
		{ "/Subtype /Type0 /Encoding /Identity-H /DescendantFonts "
			"[ 20 0 R ] ", "20 0 obj << /Type /Font /W 21 0 R >> "
			"endobj 21 0 obj [ 36 36 300 37 [ 250 ] 38 38 700 39 "
			"[ 700 700 500 ] ] endobj" },
		{ "/Subtype /Type0 /Encoding /Identity-H /DescendantFonts "
			"[ << /Type /Font /DW 500 /W [ 36 [ 300 250 700 700 "
			"700 ] ] >> ] ", "" },
		{ "/Subtype /TrueType /FirstChar 36 /Widths [ 300 250 700 "
			"700 700 500 ] ", "" },
		{ "/Subtype /TrueType /FirstChar 35 /Widths 22 0 R ",
			"22 0 obj [ 9 300 250 700 700 700 500 ] endobj" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *zeros = i < 3 ? "00" : "";
		struct buf c = made_buf(), b;

		buf_printf(&c, "BT /F1 10 Tf <%s24%s25> Tj 5.5 0 Td <%s26> Tj "
			"9.5 0 Td <%s27> Tj 1 Tc 8.1 0 Td [<%s28> 200 <%s29>] "
			"TJ 12 0 Td <%s24> Tj ET", zeros, zeros, zeros, zeros,
			zeros, zeros, zeros);
		buf_byte(&c, 0);
		b = begin((char *)c.ptr);
		buf_free(&c);
		page(&b);
		buf_printf(&b, "5 0 obj << /Type /Font %s /ToUnicode 9 0 R >> "
			"endobj %s\n", cases[i].font, cases[i].more);
		stream(&b, 9, "", span_str("beginbfrange <20> <60> <003d> "
			"endbfrange"));
		end(&b);
		has(&b, (const char *[]){ "f!object 4!text: ABC DEFA\n",
			NULL });
	}
}

/* As programs that read scanned pages write them. */
Test(unwrap_pdf_words, stretched_and_turned)
{
	struct buf b = begin("BT /F1 -10 Tf -1 0 0 -1 50 90 Tm 50 Tz "
		"<00410042> Tj -1 0 0 -1 55 90 Tm <00430044> Tj 0 1 -1 0 9 9 "
		"Tm /F1 10 Tf 100 Tz <0045> Tj 0 5 Td <0046> Tj 0 1 -1 0 4 14 "
		"Tm <0047> Tj ET");

	page(&b);
	object(&b, 5, "/Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R "
		"/DescendantFonts [ << /Type /Font /DW 500 /W [] >> ]");
	stream(&b, 9, "", span_str("beginbfrange <0000> <ffff> <0000> "
		"endbfrange"));
	end(&b);
	has(&b, (const char *[]){ "f!object 4!text: ABCD\nE\nFG\n",
		NULL });
}

Test(unwrap_pdf_words, too_many_fonts_of_a_name_are_a_gap)
{
	struct buf b = usual();

	for (unsigned i = 0; i < 40; i++) {
		buf_printf(&b, "%u 0 obj << /Font << /F1 %u 0 R >> >> endobj\n",
			100 + i, 200 + i);
		object(&b, 200 + i, wide);
	}
	stream(&b, 9, "", span_str(map));
	end(&b);
	has(&b, (const char *[]){ "f!object 4!text 16: first",
		"gap f: over-limit: more text or fonts", NULL });
}

/* Where codes are letters nothing comes twice, but for lines with others. */
Test(unwrap_pdf_words, what_is_right_already_comes_once)
{
	struct buf b = begin("BT /F2 1 Tf (plain) Tj T* (o\\001ce) Tj T* "
		"(behind) Tj ET");
	struct made m;

	page(&b);
	object(&b, 6, "/Type /Font /ToUnicode 9 0 R");
	stream(&b, 9, "", span_str("beginbfrange <20> <7e> <0020> <01> <01> "
		"<00660066> endbfrange"));
	end(&b);
	m = unwrap_it(&b);
	cr_assert(made_has(&m, "f!object 4!text: office\n\n") ||
		made_has(&m, "f!object 4!text: offce\n\n"));
	cr_assert_not(made_has(&m, "gap "));
	buf_free(&m.text);
	b = simple("plain", 0, "/Type /Font /Encoding /WinAnsiEncoding");
	end(&b);
	has_not(&b, (const char *[]){ "!text", "gap ", NULL });
}

static const char no_letters[] = "gap f: format: glyphs whose letters",
	no_map[] = "gap f: format: text by numbers of glyphs",
	no_font[] = "gap f: format: text whose font was not found";

Test(unwrap_pdf_words, what_is_not_known_is_a_gap)
{
	static const struct { const char *behind, *gap; } cases[] = {
		{ "5 0 obj << /Subtype /Type0 /Encoding /Identity-H >> endobj "
			"3 0 obj << /Font << /F1 5 0 R >> >> endobj", no_map },
		{ "5 0 obj << /Subtype /Type0 /ToUnicode 10 0 R >> endobj "
			"3 0 obj << /Font << /F1 5 0 R >> >> endobj", no_map },
		{ "5 0 obj << /Subtype /Type0 /Encoding /Identity-V /ToUnicode "
			"9 0 R >> endobj", no_font },
		{ "5 0 obj << /Type /Font /Encoding << /Differences [0 /g12] "
			">> >> endobj 3 0 obj << /Font << /F1 5 0 R >> >> "
			"endobj", no_letters },
		{ "5 0 obj << /Subtype /Type0 /Encoding /Identity-V /ToUnicode "
			"9 0 R >> endobj 3 0 obj << /Font << /F1 5 0 R >> "
			"/ExtGState << /G << /Font [ 5 0 R 9 ] >> >> >> "
			"endobj", no_font },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = usual();

		stream(&b, 9, "", span_str(map));
		buf_printf(&b, "%s\n", cases[i].behind);
		end(&b);
		has(&b, (const char *[]){ cases[i].gap, NULL });
	}
}

Test(unwrap_pdf_words, a_code_without_a_letter_is_a_gap)
{
	struct buf b = usual();

	object(&b, 5, wide);
	page(&b);
	stream(&b, 9, "", span_str("beginbfrange <0003> <0050> <0020> "
		"endbfrange"));
	end(&b);
	has(&b, (const char *[]){ "f!object 4!text: fi", no_letters, NULL });
}

Test(unwrap_pdf_words, a_font_that_was_set_elsewhere_is_a_gap)
{
	struct buf b = usual();

	stream(&b, 14, "", span_str("BT <0024> Tj ET"));
	object(&b, 5, wide);
	page(&b);
	stream(&b, 9, "", span_str(map));
	end(&b);
	has(&b, (const char *[]){ "f!object 14!text: A\n", no_font, NULL });
}

Test(unwrap_pdf_words, more_text_than_is_held_is_a_gap)
{
	struct buf c = made_buf(), b;
	struct made m;

	buf_str(&c, "BT /F1 1 Tf ");
	for (int i = 0; i < 34; i++) {
		buf_byte(&c, '<');
		for (int k = 0; k < 250 * 1000; k++)
			buf_str(&c, "0010");
		buf_str(&c, "> Tj T* ");
	}
	b = made_buf();
	buf_str(&b, "%PDF-1.7\n");
	stream(&b, 4, "", buf_span(&c));
	stream(&b, 14, "", buf_span(&c));
	buf_free(&c);
	object(&b, 5, wide);
	page(&b);
	stream(&b, 9, "", span_str(map));
	end(&b);
	m = unwrap_it(&b);
	cr_assert(made_has(&m, "gap f: over-limit: more text"));
	buf_free(&m.text);
}

/* Cut, or with a byte that is another: there is an end, and nothing breaks. */
Test(unwrap_pdf_words, damaged_anywhere)
{
	struct buf b = usual();

	object(&b, 5, wide);
	page(&b);
	stream(&b, 9, "", span_str(map));
	end(&b);
	for (size_t n = 6; n + 2 < b.len; n++) {
		struct made m = made_unwrap(span_of(b.ptr, n), 512, NULL);

		cr_assert(made_has(&m, "gap f"), "cut at %zu", n);
		buf_free(&m.text);
		b.ptr[n] ^= 0x11;
		m = made_unwrap(buf_span(&b), SIZE_MAX, NULL);
		buf_free(&m.text);
		b.ptr[n] ^= 0x11;
	}
	buf_free(&b);
}
