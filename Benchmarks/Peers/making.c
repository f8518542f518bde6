#include "making.h"

#include <zlib.h>

size_t made_deflate_bound(size_t count) { return compressBound(count) + 64; }

size_t made_deflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t room, bool is_raw) {
    z_stream stream = {0};
    if (deflateInit2(&stream, 6, Z_DEFLATED, is_raw ? -15 : 15, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = output;
    stream.avail_out = (uInt)room;
    int result = deflate(&stream, Z_FINISH);
    size_t written = stream.total_out;
    deflateEnd(&stream);
    return result == Z_STREAM_END ? written : 0;
}

uint32_t made_crc32(const uint8_t *bytes, size_t count) { return (uint32_t)crc32(0, bytes, (uInt)count); }
