#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stddef.h>

// glibc's memmem stands behind _GNU_SOURCE, which Swift's module maps do not set.
extern void *memmem(const void *bytes, size_t count, const void *sought, size_t sought_count);
static inline const void *lz_find(const void *bytes, size_t count, const void *sought, size_t sought_count) {
    return memmem(bytes, count, sought, sought_count);
}
