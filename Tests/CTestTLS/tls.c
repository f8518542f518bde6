#include "test_tls.h"

#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

struct test_tls {
    SSL_CTX *context;
    SSL *ssl;
};

void test_tls_free(test_tls *tls) {
    if (!tls) return;
    SSL_free(tls->ssl);
    SSL_CTX_free(tls->context);
    free(tls);
}

static test_tls *make(const SSL_METHOD *method) {
    test_tls *tls = calloc(1, sizeof *tls);
    if (!tls) return NULL;
    tls->context = SSL_CTX_new(method);
    return tls;
}

// A peer that has gone must fail the write, not end the process of all tests.
static sigset_t withhold_pipe(void) {
    sigset_t pipe, old;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &old);
    return old;
}

static void release_pipe(sigset_t old) {
    sigset_t pipe;
    struct timespec now = {0, 0};
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    while (sigtimedwait(&pipe, NULL, &now) > 0) {}
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static test_tls *shake(test_tls *tls, int descriptor, int (*handshake)(SSL *)) {
    SSL_set_fd(tls->ssl, descriptor);
    sigset_t old = withhold_pipe();
    int done = handshake(tls->ssl);
    release_pipe(old);
    if (done == 1) return tls;
    test_tls_free(tls);
    return NULL;
}

test_tls *test_tls_accept(int descriptor, const char *chain, const char *key) {
    test_tls *tls = make(TLS_server_method());
    if (!tls) return NULL;
    if (SSL_CTX_use_certificate_chain_file(tls->context, chain) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls->context, key, SSL_FILETYPE_PEM) != 1 ||
        !(tls->ssl = SSL_new(tls->context))) {
        test_tls_free(tls);
        return NULL;
    }
    return shake(tls, descriptor, SSL_accept);
}

test_tls *test_tls_connect(int descriptor, const char *name, const char *authority) {
    test_tls *tls = make(TLS_client_method());
    if (!tls) return NULL;
    if (authority) {
        SSL_CTX_set_verify(tls->context, SSL_VERIFY_PEER, NULL);
        if (SSL_CTX_load_verify_locations(tls->context, authority, NULL) != 1) {
            test_tls_free(tls);
            return NULL;
        }
    }
    tls->ssl = SSL_new(tls->context);
    if (!tls->ssl) {
        test_tls_free(tls);
        return NULL;
    }
    SSL_set_tlsext_host_name(tls->ssl, name);
    if (authority) SSL_set1_host(tls->ssl, name);
    return shake(tls, descriptor, SSL_connect);
}

int test_tls_pending(test_tls *tls) { return SSL_pending(tls->ssl); }

// A peer that leaves without saying so is told of it, which is a write too.
int test_tls_read(test_tls *tls, void *bytes, int count) {
    sigset_t old = withhold_pipe();
    int got = SSL_read(tls->ssl, bytes, count);
    release_pipe(old);
    return got;
}

int test_tls_write(test_tls *tls, const void *bytes, int count) {
    sigset_t old = withhold_pipe();
    int sent = SSL_write(tls->ssl, bytes, count);
    release_pipe(old);
    return sent;
}
