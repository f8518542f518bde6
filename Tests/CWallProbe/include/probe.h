#pragma once
#include <stddef.h>
#include <stdint.h>

// A call to the kernel as an attacker's code makes it: the result, or the negative error.
long probe_call(long number, long a, long b, long c, long d, long e, long f);
// The same by the table of 32-bit programs (int 0x80), whose numbers differ.
long probe_call_of_32_bits(long number, long a, long b);
// The number of a call by its name; -1 where this machine has none.
long probe_number(const char *name);
