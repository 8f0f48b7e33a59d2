/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_object.c - objects of a PDF, token by token. */
#include "unwrap/pdf_object.h"

enum { DIGITS_MOST = 18 };

static const struct { const char *name, *brief; enum pdf_filter filter; }
filters[] = {
	{ "FlateDecode", "Fl", PDF_FLATE },
	{ "LZWDecode", "LZW", PDF_LZW },
	{ "ASCII85Decode", "A85", PDF_ASCII85 },
	{ "ASCIIHexDecode", "AHx", PDF_HEX },
	{ "RunLengthDecode", "RL", PDF_RUNLENGTH },
	{ "DCTDecode", "DCT", PDF_IMAGE },
	{ "CCITTFaxDecode", "CCF", PDF_IMAGE },
	{ "JPXDecode", "", PDF_IMAGE },
	{ "JBIG2Decode", "", PDF_IMAGE },
	{ "Crypt", "", PDF_CRYPT },
};

static enum pdf_filter
filter_of(struct span name)
{
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		if (span_equal(name, span_str(filters[i].name)) ||
			span_equal(name, span_str(filters[i].brief)))
			return filters[i].filter;
	return PDF_UNKNOWN;
}

static bool
is_key(const struct pdf_object *o, const char *name)
{
	return !strcmp(o->key, name);
}

static void
add_filter(struct pdf_object *o, struct span name)
{
	if (o->nfilters < PDF_FILTERS)
		o->filters[o->nfilters] = filter_of(name);
	o->nfilters += o->nfilters <= PDF_FILTERS;
}

static void
take_name(struct pdf_object *o, struct span name)
{
	if (is_key(o, "Filter") || is_key(o, "F")) {
		add_filter(o, name);
	} else if (is_key(o, "Type")) {
		o->objects = span_equal(name, span_str("ObjStm"));
		o->file = span_equal(name, span_str("EmbeddedFile"));
		o->binary = o->binary ||
			span_equal(name, span_str("XRef")) ||
			span_equal(name, span_str("Metadata"));
	} else if (is_key(o, "Subtype")) {
		o->binary = o->binary ||
			span_equal(name, span_str("Image")) ||
			span_equal(name, span_str("Type1C")) ||
			span_equal(name, span_str("CIDFontType0C")) ||
			span_equal(name, span_str("OpenType"));
	}
}

/* Length1 is a font's. */
static void
take_number(struct pdf_object *o, uint64_t n)
{
	if (is_key(o, "Length"))
		o->length = n;
	else if (is_key(o, "N"))
		o->count = n;
	else if (is_key(o, "First"))
		o->first = n;
	o->binary = o->binary || is_key(o, "Length1");
}

static void
take_key(struct pdf_object *o, struct span name)
{
	size_t n = name.len < PDF_KEY - 1 ? name.len : PDF_KEY - 1;

	if (n)
		memcpy(o->key, name.ptr, n);
	o->key[n] = 0;
	o->want_key = false;
	o->encrypted = o->encrypted || is_key(o, "Encrypt");
}

/* The value of a key is over. */
static void
end_value(struct pdf_object *o)
{
	if (o->depth == 1 && !o->array)
		o->want_key = true;
}

static bool
number_of(struct span s, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9' || i == DIGITS_MOST)
			return false;
		*n = *n * 10 + s.ptr[i] - '0';
	}
	return s.len > 0;
}

static void
begin_object(struct pdf_object *o)
{
	*o = (struct pdf_object){ .number = o->before[0],
		.encrypted = o->encrypted };
}

static bool
take_word(struct pdf_object *o, struct span word)
{
	uint64_t n;

	if (number_of(word, &n)) {
		o->before[0] = o->before[1];
		o->before[1] = n;
		if (o->depth == 1 && !o->want_key)
			take_number(o, n);
	} else if (span_equal(word, span_str("obj"))) {
		begin_object(o);
	} else if (span_equal(word, span_str("R")) && is_key(o, "Length")) {
		o->length = 0;		/* it stands elsewhere */
	} else if (span_equal(word, span_str("stream"))) {
		return o->depth == 0;
	} else if (span_equal(word, span_str("endobj")) ||
		span_equal(word, span_str("trailer"))) {
		o->before[0] = 0;
		begin_object(o);
	}
	end_value(o);
	return false;
}

bool
pdf_object_token(struct pdf_object *o, enum pdf_kind kind, struct span text)
{
	switch (kind) {
	case PDF_WORD:
		return take_word(o, text);
	case PDF_NAME:
		text = span_skip(text, 1);
		if (o->depth == 1 && o->want_key && !o->array) {
			take_key(o, text);
			return false;
		}
		if (o->depth == 1)
			take_name(o, text);
		if (o->depth == 2 && span_equal(text, span_str("Predictor")))
			o->predicted = true;
		break;
	case PDF_OPEN_DICT:
		o->depth++;
		o->want_key = o->depth == 1;
		return false;
	case PDF_CLOSE_DICT:
		o->depth -= o->depth > 0;
		break;
	case PDF_OPEN_ARRAY:
		o->array += o->depth == 1;
		return false;
	case PDF_CLOSE_ARRAY:
		o->array -= o->depth == 1 && o->array > 0;
		break;
	default:
		break;
	}
	end_value(o);
	return false;
}
