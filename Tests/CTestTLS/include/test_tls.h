#pragma once

// TLS over a connected socket for the tests' mail servers and clients, blocking. Not the product's: that one is NIOSSL.
typedef struct test_tls test_tls;

// NULL when the handshake fails.
test_tls *test_tls_accept(int descriptor, const char *chain, const char *key);
// authority NULL: any certificate is taken.
test_tls *test_tls_connect(int descriptor, const char *name, const char *authority);

// Bytes that can be read without waiting for the socket.
int test_tls_pending(test_tls *tls);
// 0 at the end, negative for a fault.
int test_tls_read(test_tls *tls, void *bytes, int count);
int test_tls_write(test_tls *tls, const void *bytes, int count);
void test_tls_free(test_tls *tls);
