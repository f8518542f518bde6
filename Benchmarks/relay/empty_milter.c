// A milter that receives everything and answers nothing but the end of a message: the least that any milter costs.
//
// usage: empty_milter PORT|/SOCKET
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int is_tcp;

// Bytes of one connection, read in large pieces.
struct reader {
    int descriptor;
    size_t from, to;
    unsigned char bytes[1 << 16];
};

static int fill(struct reader *reader) {
    int one = 1;
    // Postfix writes small pieces: each would wait 40 ms for an acknowledgement that is put off.
    if (is_tcp) setsockopt(reader->descriptor, IPPROTO_TCP, TCP_QUICKACK, &one, sizeof one);
    ssize_t got = read(reader->descriptor, reader->bytes, sizeof reader->bytes);
    reader->from = 0;
    reader->to = got > 0 ? (size_t)got : 0;
    return got > 0;
}

// into may be NULL.
static int take(struct reader *reader, unsigned char *into, size_t count) {
    while (count) {
        if (reader->from == reader->to && !fill(reader)) return 0;
        size_t some = reader->to - reader->from < count ? reader->to - reader->from : count;
        if (into) {
            memcpy(into, reader->bytes + reader->from, some);
            into += some;
        }
        reader->from += some;
        count -= some;
    }
    return 1;
}

static int answer(int descriptor, const unsigned char *bytes, size_t count) {
    return write(descriptor, bytes, count) == (ssize_t)count;
}

static void *serve(void *argument) {
    struct reader *reader = argument;
    // Version 6, no actions; no answer to connect, HELO, MAIL, RCPT, DATA, header fields, their end and the body; the
    // blank behind a colon is kept.
    static const unsigned char agreed[] = {0, 0, 0, 13, 'O', 0, 0, 0, 6, 0, 0, 0, 0, 0, 0x1F, 0xF1, 0x80};
    static const unsigned char go_on[] = {0, 0, 0, 1, 'c'};
    unsigned char head[5];
    int one = 1;
    if (is_tcp) setsockopt(reader->descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    while (take(reader, head, 5)) {
        uint32_t length = (uint32_t)head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
        if (!length || !take(reader, NULL, length - 1)) break;
        if (head[4] == 'Q') break;
        if (head[4] == 'O' && !answer(reader->descriptor, agreed, sizeof agreed)) break;
        if (head[4] == 'E' && !answer(reader->descriptor, go_on, sizeof go_on)) break;
    }
    close(reader->descriptor);
    free(reader);
    return NULL;
}

static int listener(const char *place) {
    is_tcp = place[0] != '/';
    int descriptor = socket(is_tcp ? AF_INET : AF_UNIX, SOCK_STREAM, 0);
    if (is_tcp) {
        int one = 1;
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(place))};
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(descriptor, (struct sockaddr *)&address, sizeof address)) return -1;
    } else {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        strncpy(address.sun_path, place, sizeof address.sun_path - 1);
        if (bind(descriptor, (struct sockaddr *)&address, sizeof address)) return -1;
        chmod(place, 0777);
    }
    return listen(descriptor, 128) ? -1 : descriptor;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int descriptor = listener(arguments[1]);
    if (descriptor < 0) {
        perror(arguments[1]);
        return 1;
    }
    for (;;) {
        int connected = accept(descriptor, NULL, NULL);
        if (connected < 0) continue;
        struct reader *reader = calloc(1, sizeof *reader);
        pthread_t thread;
        if (!reader) return 1;
        reader->descriptor = connected;
        if (pthread_create(&thread, NULL, serve, reader)) return 1;
        pthread_detach(thread);
    }
}
