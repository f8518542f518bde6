#pragma once
#include <stdint.h>

// No header of ICU here: they cannot be imported beside Foundation, which carries an ICU of its own.

/// The prototypes of the characters (UTS 39, `confusables.txt`), decomposed; -1 on failure.
int32_t lz_skeleton(const char *utf8, int32_t length, char *skeleton, int32_t capacity);

/// The canonical decomposition of a character as UTF-8, or the compatible one, which makes plain letters of wide ones
/// and ligatures; 0 where it has none, -1 on failure.
int32_t lz_decompose(int32_t character, int32_t compatible, char *decomposition, int32_t capacity);
