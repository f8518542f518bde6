#pragma once
#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not import. Negative window bits: DEFLATE without a wrapper; with 16 added
   to the largest window, one member of a gzip file. */
static inline int lz_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}
