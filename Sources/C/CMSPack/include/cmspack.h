#pragma once
#include <stddef.h>
#include <stdint.h>

/// A compiled help file (CHM) in memory, which libmspack reads.
struct lz_help;

/// One file of it. The name is UTF-8 up to a zero byte, and lives as long as the help file is open.
struct lz_help_file {
    const char *name;
    int64_t length;
    int64_t offset;
    const void *next;
};

/// Null without memory. The bytes must stay in place until it is closed.
struct lz_help *lz_help_open(const uint8_t *bytes, size_t count);
void lz_help_close(struct lz_help *help);

/// Whether its directory could be read.
int lz_help_is_read(const struct lz_help *help);

/// The first of the files that are shown, or of those of the system; null if there is none.
const void *lz_help_first(const struct lz_help *help, int ofSystem);
struct lz_help_file lz_help_file_at(const void *place);

/// Writes the content of a file to a buffer. Stops when the buffer is full, when `*reads` bytes were read, which are
/// counted down, or after a number of milliseconds.
///
/// Gives the count of bytes; `*isWhole` says whether that is all, `*isStopped` whether a bound ended it.
size_t lz_help_extract(
    struct lz_help *help, const void *place, uint8_t *buffer, size_t room, size_t *reads, int64_t milliseconds,
    int *isWhole, int *isStopped);
