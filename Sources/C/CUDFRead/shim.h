#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <udfread/blockinput.h>
#include <udfread/udfread.h>

/// A disk in memory, which libudfread reads block by block.
struct lz_disk {
    udfread_block_input input;
    const uint8_t *bytes;
    size_t count;
};

/// Whole blocks only: what a last one lacks is not there.
static inline int lz_disk_read(udfread_block_input *input, uint32_t block, void *buffer, uint32_t blocks, int flags) {
    struct lz_disk *disk = (struct lz_disk *)input;
    (void)flags;
    size_t all = disk->count / UDF_BLOCK_SIZE;
    if (block >= all || blocks > all - block) return -1;
    memcpy(buffer, disk->bytes + (size_t)block * UDF_BLOCK_SIZE, (size_t)blocks * UDF_BLOCK_SIZE);
    return (int)blocks;
}

static inline uint32_t lz_disk_size(udfread_block_input *input) {
    size_t all = ((struct lz_disk *)input)->count / UDF_BLOCK_SIZE;
    return all > UINT32_MAX ? UINT32_MAX : (uint32_t)all;
}

static inline int lz_disk_close(udfread_block_input *input) {
    free(input);
    return 0;
}

/// Null where the bytes have no volume that can be read. They must stay in place until the volume is closed.
static inline udfread *lz_disk_open(const uint8_t *bytes, size_t count) {
    struct lz_disk *disk = calloc(1, sizeof(*disk));
    udfread *volume = udfread_init();
    if (!disk || !volume) goto failed;
    disk->input.read = lz_disk_read;
    disk->input.size = lz_disk_size;
    disk->bytes = bytes;
    disk->count = count;
    if (udfread_open_input(volume, &disk->input) < 0) goto failed;
    // From here on the volume closes its input.
    disk->input.close = lz_disk_close;
    return volume;
failed:
    if (volume) udfread_close(volume);
    free(disk);
    return NULL;
}

/// The uppermost directory, or null.
static inline UDFDIR *lz_disk_root(udfread *volume) { return udfread_opendir(volume, "/"); }
