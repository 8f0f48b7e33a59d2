/* SPDX-License-Identifier: Apache-2.0 */
/* PDF: streams through their filters, strings as they are shown. */
#include "made.h"

TestSuite(unwrap_pdf, .timeout = 60);

static const char content[] = "q 1 0 0 1 0 0 cm BT /F1 12 Tf 72 700 Td "
	"[(fir)-20(st)-300(wo\\162d)]TJ 0 -14 Td (second\\\n line\\)) Tj ET Q "
	"BT 1 0 0 1 3 4 Tm <7468> Tj <697264> Tj ET";

static void
object(struct buf *b, unsigned number, const char *keys, struct span stream)
{
	buf_printf(b, "%u 0 obj\n<< %s /Length %zu >>\nstream\n", number, keys,
		stream.len);
	made_add(b, stream.ptr, stream.len);
	buf_str(b, "\nendstream\nendobj\n");
}

static struct buf
begin(void)
{
	struct buf b = made_buf();

	buf_str(&b, "%PDF-1.7\n1 0 obj\n<< /Title (ti\\\ntle) /Author "
		"<617574686f72> >>\nendobj\n");
	return b;
}

static void
end(struct buf *b)
{
	buf_str(b, "trailer << /Size 9 >>\nstartxref\n0\n%%EOF\n");
}

static void
add_deflated(struct buf *b, unsigned number, const char *keys, const char *text)
{
	struct buf z = made_deflate(span_str(text), 15);

	object(b, number, keys, buf_span(&z));
	buf_free(&z);
}

Test(unwrap_pdf, text_is_joined_as_it_is_shown)
{
	struct buf b = begin();

	add_deflated(&b, 2, "/Filter /FlateDecode", content);
	add_deflated(&b, 3, "/Type /ObjStm /Filter [ /FlateDecode ]",
		"4 0 << /A (esc\\141ped) >>");
	end(&b);
	made_has_all(buf_span(&b), (const char *[]){
		"/Title (title) /Author <author>", "first word\n",
		"second line)\nthird\n", "f!object 3: 4 0 << /A (escaped) >>",
		NULL });
	buf_free(&b);
}

Test(unwrap_pdf, filters)
{
	static const char lzw[] = { '\x80', '\x0b', '\x60', '\x50', '\x22',
		'\x0c', '\x0c', '\x85', '\x01' };
	struct buf b = begin();

	object(&b, 2, "/Filter /ASCIIHexDecode", span_str("66 6972\n7374>"));
	object(&b, 3, "/Filter /ASCII85Decode", span_str("F(Jj\"\nDI`~>"));
	object(&b, 4, "/Filter /RunLengthDecode", span_str("\4third\xfe!\x80"));
	object(&b, 5, "/Filter /LZWDecode", span_of(lzw, sizeof lzw));
	object(&b, 6, "/Filter /DCTDecode", span_str("a picture"));
	object(&b, 7, "/Filter /Strange", span_str("what?"));
	end(&b);
	made_has_all(buf_span(&b), (const char *[]){ "f!object 2: first\n",
		"f!object 3: second", "f!object 4: third!!!\n",
		"f!object 5: -----A---B\n", "f!object 6: a picture\n",
		"gap f!object 7: format: a filter that is not known",
		"f!object 7: what?", NULL });
	buf_free(&b);
}

Test(unwrap_pdf, lengths_that_lie_hide_nothing)
{
	struct buf b = begin();

	buf_str(&b, "2 0 obj\n<< /Length 3 >>\nstream\nfirst\nendstream\n"
		"endobj\n3 0 obj\n<< /Length 9999999 >>\nstream\r\nsecond"
		"endstream\nendobj\n4 0 obj\n<< /Length 5 0 R >>\nstream\n"
		"third\nendstream\nendobj\n5 0 obj\n6\nendobj\n");
	end(&b);
	made_add(&b, "\0behind", 7);
	made_has_all(buf_span(&b), (const char *[]){ "f!object 2: first\n",
		"f!object 3: second\n", "f!object 4: third\n", "behind",
		NULL });
	buf_free(&b);
}

/* One gap a document, wherever its fonts stand; what is not a font has none. */
Test(unwrap_pdf, numbers_of_glyphs_are_a_gap)
{
	static const char font[] = "<< /Type /Font /Subtype /Type0 "
		"/Encoding /Identity-H /ToUnicode 5 0 R >>";
	static const char gap[] = "gap f: format: text by numbers of glyphs";

	for (int i = 0; i < 4; i++) {
		struct buf b = begin();
		struct made m;
		char *first;

		if (i & 1)
			buf_printf(&b, "8 0 obj %s endobj\n", font);
		if (i & 2)
			add_deflated(&b, 3, "/Type /ObjStm /Filter "
				"/FlateDecode", font);
		buf_str(&b, "9 0 obj (/Identity-H) endobj\n");
		add_deflated(&b, 4, "/Filter /FlateDecode",
			"/Identity-H BT (/Identity-V) Tj ET");
		end(&b);
		m = made_unwrap(buf_span(&b), 512, NULL);
		cr_assert(buf_byte(&m.text, 0));
		first = strstr((char *)m.text.ptr, gap);
		cr_assert_eq(first != NULL, i > 0);
		cr_assert(!first || !strstr(first + 1, gap));
		buf_free(&m.text);
		buf_free(&b);
	}
}

Test(unwrap_pdf, encrypted_is_a_gap)
{
	struct buf b = begin();

	object(&b, 2, "/Filter /FlateDecode", span_str("unreadable"));
	object(&b, 3, "/Filter /FlateDecode", span_str("this, too"));
	buf_str(&b, "trailer << /Encrypt 5 0 R >>\n%%EOF\n");
	made_has_all(buf_span(&b), (const char *[]){
		"gap f!object 2: encrypted: ", "f!object 2: unreadable\n",
		"f!object 3: this, too\n", NULL });
	buf_free(&b);
}

Test(unwrap_pdf, another_one_behind_it_that_is_encrypted_has_no_say)
{
	struct buf tar = made_buf(), b = begin();

	buf_str(&b, "%");
	for (int i = 0; i < 10000; i++)
		buf_str(&b, "a comment of some length, to be no more in sight");
	buf_str(&b, "\n");
	add_deflated(&b, 2, "/Filter /FlateDecode", content);
	end(&b);
	made_tar_member(&tar, "a", '0', buf_span(&b));
	made_tar_member(&tar, "b", '0', span_str("/Encrypt"));
	made_tar_end(&tar);
	made_has_all(buf_span(&tar), (const char *[]){ "third\n", NULL });
	buf_free(&b);
	buf_free(&tar);
}

Test(unwrap_pdf, what_was_added_behind_its_end)
{
	struct buf b = begin();

	end(&b);
	add_deflated(&b, 9, "/Filter /FlateDecode", content);
	end(&b);
	made_has_all(buf_span(&b), (const char *[]){ "third", NULL });
	buf_free(&b);
}

Test(unwrap_pdf, cut_anywhere_is_a_gap)
{
	struct buf b = begin();

	add_deflated(&b, 2, "/Filter /FlateDecode", content);
	object(&b, 3, "/Filter /ASCII85Decode", span_str("F(Jj\"\nDI`~>"));
	end(&b);
	for (size_t n = 6; n + 2 < b.len; n++) {
		struct made m = made_unwrap(span_of(b.ptr, n), 512, NULL);

		cr_assert(made_has(&m, "gap f"), "cut at %zu", n);
		buf_free(&m.text);
	}
	buf_free(&b);
}
