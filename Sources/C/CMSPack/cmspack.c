#include "cmspack.h"
#include <mspack.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The names by which libmspack opens what lies in memory.
static const char input_name[] = "input";
static const char output_name[] = "output";

struct lz_help {
    // First, so that libmspack's handle of the system is ours.
    struct mspack_system system;
    struct mschm_decompressor *decompressor;
    struct mschmd_header *header;
    const uint8_t *bytes;
    size_t count;
    uint8_t *output;
    size_t produced, room;
    size_t reads_left;
    int64_t deadline;
    int is_stopped;
};

struct lz_file {
    // First, so that libmspack's handle of the file is ours.
    struct mspack_file file;
    struct lz_help *help;
    int is_output;
    size_t offset;
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static struct mspack_file *open_file(struct mspack_system *system, const char *name, int mode) {
    int is_output = strcmp(name, output_name) == 0;
    if (is_output != (mode == MSPACK_SYS_OPEN_WRITE)) return NULL;
    struct lz_file *file = calloc(1, sizeof(*file));
    if (!file) return NULL;
    file->help = (struct lz_help *)system;
    file->is_output = is_output;
    return &file->file;
}

static void close_file(struct mspack_file *file) { free(file); }

static int read_file(struct mspack_file *handle, void *buffer, int bytes) {
    struct lz_file *file = (struct lz_file *)handle;
    struct lz_help *help = file->help;
    if (file->is_output || bytes < 0) return -1;
    size_t left = file->offset < help->count ? help->count - file->offset : 0;
    size_t taken = left < (size_t)bytes ? left : (size_t)bytes;
    if (taken > help->reads_left || (help->deadline && now() > help->deadline)) {
        help->is_stopped = 1;
        return -1;
    }
    help->reads_left -= taken;
    memcpy(buffer, help->bytes + file->offset, taken);
    file->offset += taken;
    return (int)taken;
}

static int write_file(struct mspack_file *handle, void *buffer, int bytes) {
    struct lz_file *file = (struct lz_file *)handle;
    struct lz_help *help = file->help;
    if (!file->is_output || bytes < 0) return -1;
    size_t left = help->room - help->produced;
    size_t taken = left < (size_t)bytes ? left : (size_t)bytes;
    memcpy(help->output + help->produced, buffer, taken);
    help->produced += taken;
    if (taken == (size_t)bytes) return bytes;
    help->is_stopped = 1;
    return -1;
}

static int seek_file(struct mspack_file *handle, off_t offset, int mode) {
    struct lz_file *file = (struct lz_file *)handle;
    off_t base = mode == MSPACK_SYS_SEEK_START ? 0
        : mode == MSPACK_SYS_SEEK_CUR ? (off_t)file->offset : (off_t)file->help->count;
    off_t place;
    if (__builtin_add_overflow(base, offset, &place) || place < 0) return -1;
    file->offset = (size_t)place;
    return 0;
}

static off_t tell_file(struct mspack_file *handle) { return (off_t)((struct lz_file *)handle)->offset; }
static void message(struct mspack_file *file, const char *format, ...) { (void)file, (void)format; }
static void *take(struct mspack_system *system, size_t bytes) {
    (void)system;
    // What a broken table declares is not handed out before it is there.
    return bytes > ((size_t)256 << 20) ? NULL : calloc(1, bytes);
}
static void copy(void *source, void *target, size_t bytes) { memcpy(target, source, bytes); }

struct lz_help *lz_help_open(const uint8_t *bytes, size_t count) {
    struct lz_help *help = calloc(1, sizeof(*help));
    if (!help) return NULL;
    help->system = (struct mspack_system){open_file, close_file, read_file, write_file, seek_file, tell_file, message,
                                          take, free, copy, NULL};
    help->bytes = bytes;
    help->count = count;
    // The directory is read once; what is read of it twice is a loop.
    help->reads_left = count * 2 + 65536;
    help->decompressor = mspack_create_chm_decompressor(&help->system);
    if (help->decompressor) help->header = help->decompressor->open(help->decompressor, input_name);
    return help;
}

void lz_help_close(struct lz_help *help) {
    if (help->header) help->decompressor->close(help->decompressor, help->header);
    if (help->decompressor) mspack_destroy_chm_decompressor(help->decompressor);
    free(help);
}

int lz_help_is_read(const struct lz_help *help) { return help->header != NULL; }

const void *lz_help_first(const struct lz_help *help, int ofSystem) {
    if (!help->header) return NULL;
    return ofSystem ? help->header->sysfiles : help->header->files;
}

struct lz_help_file lz_help_file_at(const void *place) {
    const struct mschmd_file *file = place;
    return (struct lz_help_file){file->filename, file->length, file->offset, file->next};
}

size_t lz_help_extract(
    struct lz_help *help, const void *place, uint8_t *buffer, size_t room, size_t *reads, int64_t milliseconds,
    int *isWhole, int *isStopped) {
    help->output = buffer;
    help->produced = 0;
    help->room = room;
    help->reads_left = *reads;
    help->deadline = now() + milliseconds;
    help->is_stopped = 0;
    int error = help->decompressor->extract(help->decompressor, (struct mschmd_file *)place, output_name);
    *reads = help->reads_left;
    *isStopped = help->is_stopped;
    *isWhole = error == MSPACK_ERR_OK;
    help->output = NULL;
    return help->produced;
}
