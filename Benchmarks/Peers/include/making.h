#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What the making of mails for measuring needs of zlib.

/// Room that is enough for any `count` bytes deflated.
size_t made_deflate_bound(size_t count);
/// Deflates bytes, raw or as zlib writes them; how many came out, 0 on a failure.
size_t made_deflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t room, bool is_raw);
uint32_t made_crc32(const uint8_t *bytes, size_t count);
