#pragma once
#include <stdint.h>

// No header of ICU here: they cannot be imported beside Foundation, which carries an ICU of its own.

/// The prototypes of the characters (UTS 39, `confusables.txt`), decomposed; -1 on failure.
int32_t lz_skeleton(const char *utf8, int32_t length, char *skeleton, int32_t capacity);

/// The canonical decomposition of a character as UTF-8; 0 where it has none, -1 on failure.
int32_t lz_decompose(int32_t character, char *decomposition, int32_t capacity);

/// A domain name with its `xn--` labels decoded (UTS 46); a label that is no good stays; -1 on failure.
int32_t lz_unicode_domain(const char *utf8, int32_t length, char *name, int32_t capacity);
