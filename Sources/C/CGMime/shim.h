#pragma once
#include <gmime/gmime.h>
#include <stddef.h>
#include <stdint.h>

// GObject cast macros are not imported by Swift. This answers NULL for another type instead of warning.
static inline InternetAddressMailbox *lz_as_mailbox(InternetAddress *address) {
    return INTERNET_ADDRESS_IS_MAILBOX(address) ? INTERNET_ADDRESS_MAILBOX(address) : NULL;
}

// glibc's memrchr stands behind _GNU_SOURCE, which Swift's module maps do not set.
extern void *memrchr(const void *bytes, int byte, size_t count);
static inline const uint8_t *lz_last_byte(const uint8_t *bytes, size_t count, uint8_t byte) {
    return (const uint8_t *)memrchr(bytes, byte, count);
}

// Counts of what makes lines odd, in loops simple enough for the compiler to vectorise.
typedef struct {
    size_t line_feeds;
    size_t carriage_returns;
    size_t pairs;
    size_t high;
} lz_line_counts;

static inline lz_line_counts lz_count_lines(const uint8_t *bytes, size_t count) {
    lz_line_counts total = {0, 0, 0, 0};
    size_t start = 0;
    while (start < count) {
        // Blocks of 255 steps let the sums stay in single bytes inside a vector.
        size_t stop = count - start > 255 * 16 ? start + 255 * 16 : count;
        uint8_t feeds[16] = {0}, returns[16] = {0}, pairs[16] = {0}, high[16] = {0};
        size_t at = start;
        for (; at + 17 <= stop; at += 16) {
            for (int lane = 0; lane < 16; lane++) {
                uint8_t here = bytes[at + lane], next = bytes[at + lane + 1];
                feeds[lane] += here == '\n';
                returns[lane] += here == '\r';
                pairs[lane] += (here == '\r') & (next == '\n');
                high[lane] |= here >> 7;
            }
        }
        for (int lane = 0; lane < 16; lane++) {
            total.line_feeds += feeds[lane];
            total.carriage_returns += returns[lane];
            total.pairs += pairs[lane];
            total.high |= high[lane];
        }
        for (; at < stop; at++) {
            total.line_feeds += bytes[at] == '\n';
            total.carriage_returns += bytes[at] == '\r';
            total.pairs += bytes[at] == '\r' && at + 1 < count && bytes[at + 1] == '\n';
            total.high |= bytes[at] >> 7;
        }
        start = stop;
    }
    return total;
}
