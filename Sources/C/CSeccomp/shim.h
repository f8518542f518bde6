#pragma once
#include <errno.h>
#include <seccomp.h>
// A macro with an argument: not imported.
static inline uint32_t cseccomp_refusal(uint16_t code) { return SCMP_ACT_ERRNO(code); }
