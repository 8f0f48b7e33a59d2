/* SPDX-License-Identifier: Apache-2.0 */
/*
 * toml.cc - the adapter to toml++: parses, then copies the document into
 * plain nodes in the order of the file.  No exception leaves this file.
 */
/* stanch.h has a struct and a function of one name, as C allows. */
#pragma GCC diagnostic ignored "-Wshadow"
#include "base/toml.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
#include "base/error.h"
}

/*
 * toml++ walks nested values by recursion and knows no limit on the parts of
 * a dotted key, each of which nests one table more.  These two limits bound
 * the depth of any tree, and with it the stack.
 */
#define TOML_MAX_NESTED_VALUES 32
#define TOML_ENABLE_FORMATTERS 0

/*
 * Some broken documents run into assertions of toml++ 3.3: they become
 * exceptions, for the caller's input may not end the process.  With NDEBUG
 * it would go on and rely on what does not hold.
 */
struct toml_broken { };

[[noreturn]] static void
toml_break()
{
	throw toml_broken();
}

#undef NDEBUG
#define TOML_ASSERT(expr) ((expr) ? (void)0 : toml_break())
#include <toml++/toml.h>

namespace {

constexpr size_t MAX_KEY_PARTS = 16;

/* What this file refuses of its own. */
struct refusal {
	uint32_t line, column;
	const char *text;
};

struct entry {
	std::string key;	/* "" in an array */
	uint32_t line, column;	/* of the key */
	std::unique_ptr<toml_node> value;
};

} // namespace

struct toml_node {
	enum toml_kind kind;
	uint32_t line, column;
	std::string text;
	int64_t integer;
	double real;
	bool truth;
	std::vector<entry> children;
};

struct toml_doc {
	std::unique_ptr<toml_node> root;
};

namespace {

/* The offset after the string that opens at i; the end if it never closes. */
size_t
skip_string(std::string_view s, size_t i)
{
	const char quote = s[i];
	const std::string triple(3, quote);
	const bool multi = s.compare(i, 3, triple) == 0;

	for (i += multi ? 3 : 1; i < s.size(); i++) {
		if (s[i] == '\\' && quote == '"') {
			i++;
		} else if (multi ? s.compare(i, 3, triple) == 0 :
			s[i] == quote) {
			i += multi ? 3 : 1;
			/* `""""` closes with one quote inside. */
			while (multi && i < s.size() && s[i] == quote)
				i++;
			return i;
		} else if (!multi && s[i] == '\n') {
			return i;
		}
	}
	return s.size();
}

refusal
refusal_at(std::string_view s, size_t i, const char *text)
{
	const std::string_view before = s.substr(0, i);
	const size_t line = std::count(before.begin(), before.end(), '\n');
	const size_t start = before.rfind('\n') + 1;	/* npos + 1 is 0 */

	return { uint32_t(line + 1), uint32_t(i - start + 1), text };
}

/*
 * Refuses, before the parser sees it, what it cannot be trusted with: keys of
 * too many parts, and characters outside ASCII where no valid document has
 * them, which toml++ 3.3 takes for unreachable.
 */
void
check_bare_text(std::string_view s)
{
	size_t dots = 0;

	for (size_t i = 0; i < s.size();) {
		const char c = s[i];

		if (c == '"' || c == '\'') {
			if (i > 0 && !std::strchr(" \t\r\n=,[{.", s[i - 1]))
				throw refusal_at(s, i, "a quote inside a "
					"value that is not in quotes");
			i = skip_string(s, i);
			continue;
		}
		if (c == '#') {
			i = std::min(s.find('\n', i), s.size());
			continue;
		}
		if (c == '\n' || c == '=' || c == '{' || c == ',')
			dots = 0;
		else if (c == '.' && ++dots >= MAX_KEY_PARTS)
			throw refusal_at(s, i, "a key of more than 16 parts");
		else if ((unsigned char)c >= 0x80)
			throw refusal_at(s, i, "a character outside ASCII that"
				" is not in quotes");
		i++;
	}
}

std::unique_ptr<toml_node> copy(const toml::node &n);

void
copy_table(toml_node &out, const toml::table &table)
{
	for (const auto &[key, value] : table) {
		const auto at = key.source().begin;

		if (key.str().find('\0') != std::string_view::npos)
			throw refusal{ at.line, at.column,
				"a key that holds a NUL character" };
		out.children.push_back({ std::string(key.str()), at.line,
			at.column, copy(value) });
	}
	std::stable_sort(out.children.begin(), out.children.end(),
		[](const entry &a, const entry &b) {
			return a.line != b.line ? a.line < b.line :
				a.column < b.column;
		});
}

void
copy_array(toml_node &out, const toml::array &array)
{
	for (const auto &value : array) {
		const auto at = value.source().begin;

		out.children.push_back({ "", at.line, at.column,
			copy(value) });
	}
}

std::unique_ptr<toml_node>
copy(const toml::node &n)
{
	auto out = std::make_unique<toml_node>();

	out->line = n.source().begin.line;
	out->column = n.source().begin.column;
	if (const auto *table = n.as_table()) {
		out->kind = TOML_TABLE;
		copy_table(*out, *table);
	} else if (const auto *array = n.as_array()) {
		out->kind = TOML_ARRAY;
		copy_array(*out, *array);
	} else if (const auto *text = n.as_string()) {
		out->kind = TOML_STRING;
		out->text = text->get();
	} else if (const auto *integer = n.as_integer()) {
		out->kind = TOML_INTEGER;
		out->integer = integer->get();
		out->real = double(integer->get());
	} else if (const auto *real = n.as_floating_point()) {
		out->kind = TOML_FLOAT;
		out->real = real->get();
	} else if (const auto *truth = n.as_boolean()) {
		out->kind = TOML_BOOLEAN;
		out->truth = truth->get();
	} else {
		out->kind = TOML_DATETIME;
	}
	return out;
}

bool
breaks_parser(std::string_view text)
{
	try {
		(void)toml::parse(text);
	} catch (const toml_broken &) {
		return true;
	} catch (const toml::parse_error &) {
		/* It ends amid something, before the place looked for. */
	}
	return false;
}

/* The line at which the parser broke, which it does not tell: by halves. */
uint32_t
broken_line(std::string_view text)
{
	std::vector<size_t> ends;	/* of lines; ends[0]: of none */
	size_t low = 0, high, mid;

	ends.push_back(0);
	for (size_t i = 0; i < text.size(); i++)
		if (text[i] == '\n' || i + 1 == text.size())
			ends.push_back(i + 1);
	for (high = ends.size() - 1; high - low > 1;) {
		mid = low + (high - low) / 2;
		if (breaks_parser(text.substr(0, ends[mid])))
			high = mid;
		else
			low = mid;
	}
	return uint32_t(high);
}

toml::table
parse(std::string_view text)
{
	try {
		return toml::parse(text);
	} catch (const toml_broken &) {
		throw refusal{ broken_line(text), 0,
			"a table header without a name" };
	}
}

toml_doc *
read(std::string_view text)
{
	if (text.substr(0, 3) == "\xef\xbb\xbf")
		throw refusal{ 1, 1, "a byte order mark: save the file as"
			" UTF-8 without one" };
	check_bare_text(text);

	auto doc = std::make_unique<toml_doc>();
	doc->root = copy(parse(text));
	return doc.release();
}

} // namespace

extern "C" {

enum stanch_result
toml_read(struct toml_doc **out, const char *text, size_t len,
	const char *name, struct stanch_error *err)
{
	if (len > TOML_MAX)
		return error_set(err, STANCH_ELIMIT, name,
			"larger than %u MiB", TOML_MAX >> 20);
	try {
		*out = read(std::string_view(text, len));
		return STANCH_OK;
	} catch (const toml::parse_error &e) {
		const auto at = e.source().begin;
		const std::string_view what = e.description();

		return error_at(err, STANCH_EFORMAT, name, at.line,
			at.column, "not TOML: %.*s", int(what.size()),
			what.data());
	} catch (const refusal &r) {
		return error_at(err, STANCH_EFORMAT, name, r.line, r.column,
			"not accepted: %s", r.text);
	} catch (const std::bad_alloc &) {
		return error_nomem(err);
	} catch (...) {
		return error_set(err, STANCH_EFORMAT, name,
			"not TOML: it cannot be read");
	}
}

void
toml_free(struct toml_doc *doc)
{
	delete doc;
}

const struct toml_node *
toml_root(const struct toml_doc *doc)
{
	return doc->root.get();
}

enum toml_kind
toml_kind(const struct toml_node *node)
{
	return node->kind;
}

const char *
toml_kind_name(enum toml_kind kind)
{
	static const char *const names[] = {
		"a table", "an array", "a string", "an integer", "a float",
		"a boolean", "a date or time"
	};

	return names[kind];
}

void
toml_where(const struct toml_node *node, uint32_t *line, uint32_t *column)
{
	*line = node->line;
	*column = node->column;
}

const struct toml_node *
toml_get(const struct toml_node *table, const char *key)
{
	if (table->kind == TOML_TABLE)
		for (const entry &e : table->children)
			if (e.key == key)
				return e.value.get();
	return nullptr;
}

size_t
toml_count(const struct toml_node *node)
{
	return node->children.size();
}

const struct toml_node *
toml_at(const struct toml_node *node, size_t i)
{
	return node->children[i].value.get();
}

const char *
toml_key(const struct toml_node *table, size_t i, uint32_t *line,
	uint32_t *column)
{
	const entry &e = table->children[i];

	*line = e.line;
	*column = e.column;
	return e.key.c_str();
}

bool
toml_string(const struct toml_node *node, struct span *out)
{
	if (node->kind != TOML_STRING)
		return false;
	*out = span_of(node->text.data(), node->text.size());
	return true;
}

bool
toml_integer(const struct toml_node *node, int64_t *out)
{
	if (node->kind != TOML_INTEGER)
		return false;
	*out = node->integer;
	return true;
}

bool
toml_float(const struct toml_node *node, double *out)
{
	if (node->kind != TOML_FLOAT && node->kind != TOML_INTEGER)
		return false;
	*out = node->real;
	return true;
}

bool
toml_boolean(const struct toml_node *node, bool *out)
{
	if (node->kind != TOML_BOOLEAN)
		return false;
	*out = node->truth;
	return true;
}

} // extern "C"
