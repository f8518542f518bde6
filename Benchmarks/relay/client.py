"""Sends mails over some connections at once, and times each from MAIL to the reply to its end."""
import multiprocessing
import socket
import threading
import time


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waiting = b""
        self.reply()
        self.say(b"EHLO client.example\r\n")

    def reply(self):
        while True:
            line, found, rest = self.waiting.partition(b"\r\n")
            if found:
                self.waiting = rest
                if line[3:4] != b"-":
                    return int(line[:3]), line
                continue
            more = self.socket.recv(1 << 16)
            if not more:
                raise ConnectionError("closed")
            self.waiting += more

    def say(self, line):
        self.socket.sendall(line)
        return self.reply()

    def send(self, dotted):
        for line in (b"MAIL FROM:<sender@elsewhere.example>\r\n", b"RCPT TO:<bob@acme.example>\r\n", b"DATA\r\n"):
            code, text = self.say(line)
            if code >= 400:
                self.say(b"RSET\r\n")
                return code, text
        return self.say(dotted)


def dotted(mail):
    return mail.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def one(port, mails, start, results):
    taken, refused = [], {}
    try:
        connection = Connection(port)
        start.wait()
        for mail in mails:
            begun = time.perf_counter()
            code, text = connection.send(mail)
            taken.append(time.perf_counter() - begun)
            if code != 250:
                refused[text.decode(errors="replace")] = refused.get(text.decode(errors="replace"), 0) + 1
        connection.say(b"QUIT\r\n")
    except (OSError, ValueError, threading.BrokenBarrierError) as fault:
        refused[repr(fault)] = 1
        # The others must not wait for this one.
        start.abort()
    results.put((taken, refused, time.perf_counter()))


def run(port, mails, connections):
    """Seconds in all, seconds of each mail, refusals by their text."""
    context = multiprocessing.get_context("fork")
    start = context.Barrier(connections + 1)
    results = context.Queue()
    mails = [dotted(mail) for mail in mails]
    senders = [
        context.Process(target=one, args=(port, mails[place::connections], start, results))
        for place in range(connections)
    ]
    for sender in senders:
        sender.start()
    try:
        start.wait(60)
    except threading.BrokenBarrierError:
        # What broke is among the refusals.
        pass
    begun = time.perf_counter()
    taken, refused, end = [], {}, begun
    for _ in senders:
        seconds, faults, finished = results.get(timeout=600)
        taken += seconds
        end = max(end, finished)
        for text, count in faults.items():
            refused[text] = refused.get(text, 0) + count
    for sender in senders:
        sender.join()
    return end - begun, taken, refused
