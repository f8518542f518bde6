#pragma once
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
// The macros that build control messages (cmsg(3)) are not imported.

// One message with at most one descriptor (-1 for none). The bytes sent; -1 with errno.
static inline ssize_t cdescriptors_send(int socket, const void *bytes, size_t count, int descriptor) {
    struct iovec piece = {(void *)bytes, count};
    union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int))]; } control;
    memset(&control, 0, sizeof control);
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (descriptor >= 0) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &descriptor, sizeof(int));
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL); while (sent < 0 && errno == EINTR);
    return sent;
}

// One message, and the descriptor that came with it (-1 for none), close-on-exec. The bytes read, 0 at the end; -1 with
// errno. There is room for one descriptor; the kernel closes what does not fit.
static inline ssize_t cdescriptors_receive(int socket, void *bytes, size_t room, int flags, int *descriptor) {
    struct iovec piece = {bytes, room};
    union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int))]; } control;
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    *descriptor = -1;
    ssize_t count;
    do count = recvmsg(socket, &message, flags | MSG_CMSG_CLOEXEC); while (count < 0 && errno == EINTR);
    if (count < 0) return count;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS
        && head->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(descriptor, CMSG_DATA(head), sizeof(int));
    return count;
}
