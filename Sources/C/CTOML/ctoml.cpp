// toml++ (MIT) behind functions of C: its headers alone, so that nothing is linked.
#include <stdexcept>

namespace {

/// What toml++ asserts of a file, before it has looked, and does not hold: that a name follows the brackets of a table.
struct broken_assertion : std::runtime_error {
    broken_assertion() : std::runtime_error("a name is missing, or begins with what no name begins with") {}
};

}  // namespace

// Without assertions toml++ would have the compiler assume what they say.
#undef NDEBUG
#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : throw broken_assertion())
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "ctoml.h"

#include <cstring>
#include <new>
#include <string>
#include <vector>

struct lz_toml_document {
    toml::table table;
    std::vector<lz_toml_node> nodes;
};

namespace {

/// Bounded by toml++, which reads 256 values within each other at most.
void flatten(const toml::node &node, const toml::key *key, std::vector<lz_toml_node> &nodes) {
    lz_toml_node flat{};
    const toml::source_region &place = key ? key->source() : node.source();
    flat.line = static_cast<int32_t>(place.begin.line);
    flat.column = static_cast<int32_t>(place.begin.column);
    if (key) {
        flat.key = key->data();
        flat.key_length = static_cast<int64_t>(key->length());
    }
    if (const toml::table *table = node.as_table()) {
        flat.kind = lz_toml_table;
        flat.count = static_cast<int32_t>(table->size());
        nodes.push_back(flat);
        for (auto &&[name, value] : *table) flatten(value, &name, nodes);
        return;
    }
    if (const toml::array *array = node.as_array()) {
        flat.kind = lz_toml_array;
        flat.count = static_cast<int32_t>(array->size());
        nodes.push_back(flat);
        for (auto &&value : *array) flatten(value, nullptr, nodes);
        return;
    }
    flat.kind = lz_toml_other;
    if (const auto *text = node.as_string()) {
        flat.kind = lz_toml_string;
        flat.text = text->get().data();
        flat.text_length = static_cast<int64_t>(text->get().size());
    } else if (const auto *integer = node.as_integer()) {
        flat.kind = lz_toml_integer;
        flat.integer = integer->get();
    } else if (const auto *real = node.as_floating_point()) {
        flat.kind = lz_toml_real;
        flat.real = real->get();
    } else if (const auto *boolean = node.as_boolean()) {
        flat.kind = lz_toml_boolean;
        flat.integer = boolean->get() ? 1 : 0;
    }
    nodes.push_back(flat);
}

/// The line at which an assertion breaks first: the last of the shortest start of the file that breaks it.
int32_t broken_line(std::string_view text) {
    std::vector<size_t> ends;
    for (size_t place = 0; place < text.size(); ++place)
        if (text[place] == '\n') ends.push_back(place);
    ends.push_back(text.size());
    size_t low = 0, high = ends.size() - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        try {
            (void)toml::parse(text.substr(0, ends[middle]));
            low = middle + 1;
        } catch (const broken_assertion &) {
            high = middle;
        } catch (const std::exception &) {
            low = middle + 1;
        }
    }
    return static_cast<int32_t>(low + 1);
}

void say(char *message, int64_t capacity, const char *text, size_t length) {
    if (capacity < 1) return;
    size_t count = std::min(length, static_cast<size_t>(capacity - 1));
    std::memcpy(message, text, count);
    message[count] = 0;
}

}  // namespace

lz_toml_document *lz_toml_read(
    const char *text, int64_t length, char *message, int64_t capacity, int32_t *line, int32_t *column) {
    *line = 1;
    *column = 1;
    try {
        auto *document = new lz_toml_document;
        try {
            document->table = toml::parse(std::string_view(text, static_cast<size_t>(length)));
            flatten(document->table, nullptr, document->nodes);
            return document;
        } catch (...) {
            delete document;
            throw;
        }
    } catch (const toml::parse_error &error) {
        *line = static_cast<int32_t>(error.source().begin.line);
        *column = static_cast<int32_t>(error.source().begin.column);
        say(message, capacity, error.description().data(), error.description().size());
    } catch (const broken_assertion &error) {
        *line = broken_line(std::string_view(text, static_cast<size_t>(length)));
        say(message, capacity, error.what(), std::strlen(error.what()));
    } catch (const std::exception &error) {
        say(message, capacity, error.what(), std::strlen(error.what()));
    }
    return nullptr;
}

const lz_toml_node *lz_toml_nodes(const lz_toml_document *document, int64_t *count) {
    *count = static_cast<int64_t>(document->nodes.size());
    return document->nodes.data();
}

void lz_toml_free(lz_toml_document *document) { delete document; }
