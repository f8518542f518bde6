#define _GNU_SOURCE
#include "peers.h"

#include <gmime/gmime.h>
#include <hs.h>
#include <stdlib.h>
#include <string.h>

static size_t decode(GMimeObject *object) {
    if (object == NULL) return 0;
    if (GMIME_IS_MULTIPART(object)) {
        size_t total = 0;
        for (int i = 0; i < g_mime_multipart_get_count((GMimeMultipart *)object); i++)
            total += decode(g_mime_multipart_get_part((GMimeMultipart *)object, i));
        return total;
    }
    if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *message = g_mime_message_part_get_message((GMimeMessagePart *)object);
        return message == NULL ? 0 : decode(g_mime_message_get_mime_part(message));
    }
    if (!GMIME_IS_PART(object)) return 0;
    GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)object);
    if (content == NULL) return 0;
    GMimeStream *output = g_mime_stream_mem_new();
    ssize_t written = g_mime_data_wrapper_write_to_stream(content, output);
    g_object_unref(output);
    return written > 0 ? (size_t)written : 0;
}

size_t peer_gmime_decode(const uint8_t *bytes, size_t count) {
    static int initialized = 0;
    if (!initialized) {
        g_mime_init();
        initialized = 1;
    }
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, count);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    size_t total = message == NULL ? 0 : decode(g_mime_message_get_mime_part(message));
    if (message != NULL) g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    return total;
}

size_t peer_memmem_words(const uint8_t *text, size_t count, const char *const *words, size_t words_count) {
    size_t found = 0;
    for (size_t i = 0; i < words_count; i++) found += memmem(text, count, words[i], strlen(words[i])) != NULL;
    return found;
}

typedef struct {
    hs_database_t *database;
    hs_scratch_t *scratch;
} scanner;

void *peer_vectorscan_compile(const char *const *words, size_t words_count) {
    unsigned *flags = calloc(words_count, sizeof *flags);
    unsigned *ids = calloc(words_count, sizeof *ids);
    size_t *lengths = calloc(words_count, sizeof *lengths);
    scanner *made = calloc(1, sizeof *made);
    hs_compile_error_t *error = NULL;
    for (size_t i = 0; i < words_count; i++) {
        flags[i] = HS_FLAG_SINGLEMATCH;
        ids[i] = (unsigned)i;
        lengths[i] = strlen(words[i]);
    }
    hs_error_t result = hs_compile_lit_multi(words, flags, ids, lengths, (unsigned)words_count, HS_MODE_BLOCK, NULL,
                                             &made->database, &error);
    free(flags);
    free(ids);
    free(lengths);
    if (result != HS_SUCCESS || hs_alloc_scratch(made->database, &made->scratch) != HS_SUCCESS) {
        if (error != NULL) hs_free_compile_error(error);
        free(made);
        return NULL;
    }
    return made;
}

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    (*(size_t *)context)++;
    return 0;
}

size_t peer_vectorscan_scan(void *handle, const uint8_t *text, size_t count) {
    scanner *made = handle;
    size_t matches = 0;
    hs_scan(made->database, (const char *)text, (unsigned)count, 0, made->scratch, count_match, &matches);
    return matches;
}

void peer_vectorscan_free(void *handle) {
    scanner *made = handle;
    hs_free_scratch(made->scratch);
    hs_free_database(made->database);
    free(made);
}
