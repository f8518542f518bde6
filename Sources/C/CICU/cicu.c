#include "cicu.h"
#include <pthread.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

// Opened once and never closed. ICU lets several threads use each of them at once.
static USpoofChecker *checker;
static UIDNA *idna;
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_all(void) {
    UErrorCode error = U_ZERO_ERROR;
    checker = uspoof_open(&error);
    if (U_FAILURE(error)) checker = NULL;
    error = U_ZERO_ERROR;
    idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE, &error);
    if (U_FAILURE(error)) idna = NULL;
}

int32_t lz_skeleton(const char *utf8, int32_t length, char *skeleton, int32_t capacity) {
    pthread_once(&opened, open_all);
    if (!checker) return -1;
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = uspoof_getSkeletonUTF8(checker, 0, utf8, length, skeleton, capacity, &error);
    return U_FAILURE(error) || count > capacity ? -1 : count;
}

int32_t lz_decompose(int32_t character, char *decomposition, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFDInstance(&error);
    UChar units[32];
    if (U_FAILURE(error)) return -1;
    int32_t count = unorm2_getDecomposition(normalizer, character, units, 32, &error);
    if (U_FAILURE(error)) return -1;
    if (count < 0) return 0;
    int32_t bytes = 0;
    u_strToUTF8(decomposition, capacity, &bytes, units, count, &error);
    return U_FAILURE(error) || bytes > capacity ? -1 : bytes;
}

int32_t lz_unicode_domain(const char *utf8, int32_t length, char *name, int32_t capacity) {
    pthread_once(&opened, open_all);
    if (!idna) return -1;
    UErrorCode error = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t count = uidna_nameToUnicodeUTF8(idna, utf8, length, name, capacity, &info, &error);
    return U_FAILURE(error) || count > capacity ? -1 : count;
}
