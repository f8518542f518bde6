"""Parses mails and decodes all their parts with a parser for Python, and times itself.

usage: mime_peer.py email|rust FILE

The file holds mails, each after its length (eight bytes, little end first). Says `ready NAME`, or one sentence that tells
why it can't; then, for every line of its input, parses and decodes all mails once and writes a line: seconds of processor
time, bytes of decoded content, mails it gave up on.
"""
import struct
import sys
import time


def email_parser():
    import email
    import platform
    from email.policy import compat32

    def decode(mail):
        total = 0
        for part in email.message_from_bytes(mail, policy=compat32).walk():
            if not part.is_multipart():
                total += len(part.get_payload(decode=True) or b"")
        return total

    return f"Python {platform.python_version()}, email", decode


def rust_parser():
    from importlib.metadata import version

    from fast_mail_parser import parse_email_tree

    def content(part):
        if part.children:
            return sum(map(content, part.children))
        return len(part.content or b"")

    return f"Rust, fast-mail-parser {version('fast-mail-parser')}", lambda mail: content(parse_email_tree(mail))


def read(path):
    mails = []
    with open(path, "rb") as file:
        while length := file.read(8):
            mails.append(file.read(struct.unpack("<Q", length)[0]))
    return mails


def main():
    engine, path = sys.argv[1:]
    try:
        name, decode = {"email": email_parser, "rust": rust_parser}[engine]()
    except ImportError as fault:
        print(fault, flush=True)
        return
    mails = read(path)
    print(f"ready {name}", flush=True)
    for _ in sys.stdin:
        decoded = failures = 0
        start = time.process_time()
        for mail in mails:
            try:
                decoded += decode(mail)
            except Exception:
                failures += 1
        print(time.process_time() - start, decoded, failures, flush=True)


main()
