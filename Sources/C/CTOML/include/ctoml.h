#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum lz_toml_kind {
    lz_toml_table = 0,
    lz_toml_array = 1,
    lz_toml_string = 2,
    lz_toml_integer = 3,
    lz_toml_real = 4,
    lz_toml_boolean = 5,
    // Dates and times, which nothing here asks for.
    lz_toml_other = 6,
};

/// One value. Those of a table or an array follow behind it, each with what belongs to it.
typedef struct {
    int32_t kind;
    /// Values of a table or array.
    int32_t count;
    /// Where the key stands, or the value where it has none; from 1.
    int32_t line;
    int32_t column;
    /// The key in the table that the value stands in; not ended by NUL.
    const char *key;
    int64_t key_length;
    const char *text;
    int64_t text_length;
    int64_t integer;
    double real;
} lz_toml_node;

/// A document that was read, with the memory of all its texts.
typedef struct lz_toml_document lz_toml_document;

/// Reads a document of TOML 1.0. Null on a fault: then `message` says in words what and `line` and `column` where.
lz_toml_document *lz_toml_read(
    const char *text, int64_t length, char *message, int64_t capacity, int32_t *line, int32_t *column);

/// All values, the outermost table first.
const lz_toml_node *lz_toml_nodes(const lz_toml_document *document, int64_t *count);

void lz_toml_free(lz_toml_document *document);

#ifdef __cplusplus
}
#endif
