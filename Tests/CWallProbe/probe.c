#define _GNU_SOURCE
#include "probe.h"
#include <errno.h>
#include <seccomp.h>
#include <unistd.h>

long probe_call(long number, long a, long b, long c, long d, long e, long f) {
    long result = syscall(number, a, b, c, d, e, f);
    return result < 0 ? -errno : result;
}

long probe_call_of_32_bits(long number, long a, long b) {
#if defined(__x86_64__)
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b) : "memory");
    return result;
#else
    return -ENOSYS;
#endif
}

long probe_number(const char *name) { return seccomp_syscall_resolve_name(name); }
