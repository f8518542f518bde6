#pragma once
// glibc has no functions for Landlock, and Debian's kernel headers know less of it than newer kernels do.
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// landlock_ruleset_attr as of its version 6; older kernels take a shorter one.
struct clandlock_ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

struct clandlock_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

// The kernel's version of Landlock; negative where it has none.
static inline int clandlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, (void *)0, 0, 1);
}
static inline int clandlock_create(const struct clandlock_ruleset *ruleset, size_t bytes) {
    return (int)syscall(SYS_landlock_create_ruleset, ruleset, bytes, 0);
}
static inline int clandlock_allow(int ruleset, int parent, uint64_t allowed) {
    struct clandlock_beneath rule = {allowed, parent};
    return (int)syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
}
static inline int clandlock_restrict_self(int ruleset) {
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
static inline int clandlock_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
