#pragma once
#include <stddef.h>
#include <stdint.h>

#include "making.h"

// What the benchmarks hold Lazaret against, run in the same process and the same run.

/// Parses a mail with GMime and decodes every part; bytes of decoded content.
size_t peer_gmime_decode(const uint8_t *bytes, size_t count);

/// How many of the words occur in the text, case-sensitively, by one memmem each.
size_t peer_memmem_words(const uint8_t *text, size_t count, const char *const *words, size_t words_count);

/// A Vectorscan database of literal words; NULL if it cannot be made.
void *peer_vectorscan_compile(const char *const *words, size_t words_count);
/// How many matches the database reports in the text.
size_t peer_vectorscan_scan(void *scanner, const uint8_t *text, size_t count);
void peer_vectorscan_free(void *scanner);
