#include "cicu.h"
#include <pthread.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

// Opened once and never closed. ICU lets several threads use it at once.
static USpoofChecker *checker;
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_checker(void) {
    UErrorCode error = U_ZERO_ERROR;
    checker = uspoof_open(&error);
    if (U_FAILURE(error)) checker = NULL;
}

int32_t lz_skeleton(const char *utf8, int32_t length, char *skeleton, int32_t capacity) {
    pthread_once(&opened, open_checker);
    if (!checker) return -1;
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = uspoof_getSkeletonUTF8(checker, 0, utf8, length, skeleton, capacity, &error);
    return U_FAILURE(error) || count > capacity ? -1 : count;
}

int32_t lz_decompose(int32_t character, int32_t compatible, char *decomposition, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = compatible ? unorm2_getNFKDInstance(&error) : unorm2_getNFDInstance(&error);
    UChar units[32];
    if (U_FAILURE(error)) return -1;
    int32_t count = unorm2_getDecomposition(normalizer, character, units, 32, &error);
    if (U_FAILURE(error)) return -1;
    if (count < 0) return 0;
    int32_t bytes = 0;
    u_strToUTF8(decomposition, capacity, &bytes, units, count, &error);
    return U_FAILURE(error) || bytes > capacity ? -1 : bytes;
}
