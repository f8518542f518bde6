"""Mails and a policy, the same in every run."""
import base64
import os
import random

CONSONANTS, VOWELS = "bcdfghjklmnprstvz", "aeiou"


def word(random):
    return "".join(random.choice(CONSONANTS) + random.choice(VOWELS) for _ in range(random.randint(1, 4)))


def text(random, size):
    lines, length = [], 0
    while length < size:
        line = " ".join(word(random) for _ in range(10))[:76]
        lines.append(line)
        length += len(line) + 2
    return "\r\n".join(lines) + "\r\n"


def mail(random, number, with_file):
    head = (
        f"Date: Tue, 25 Nov 2025 10:00:00 +0000\r\nFrom: Someone <sender@elsewhere.example>\r\n"
        f"To: bob@acme.example\r\nSubject: {word(random)} {word(random)} {number}\r\n"
        f"Message-ID: <{number}.{random.randint(0, 1 << 40)}@elsewhere.example>\r\nMIME-Version: 1.0\r\n"
    )
    body = text(random, random.randint(3_000, 30_000))
    if not with_file:
        return (head + "Content-Type: text/plain; charset=us-ascii\r\n\r\n" + body).encode()
    # A body of its own bytes that no compression and no signature makes smaller.
    content = base64.b64encode(random.randbytes(random.randint(20_000, 70_000))).decode()
    lines = "\r\n".join(content[at : at + 76] for at in range(0, len(content), 76))
    return (
        head + 'Content-Type: multipart/mixed; boundary="b0"\r\n\r\n--b0\r\nContent-Type: text/plain\r\n\r\n' + body
        + '\r\n--b0\r\nContent-Type: application/octet-stream; name="data.bin"\r\nContent-Transfer-Encoding: base64\r\n'
        + f'Content-Disposition: attachment; filename="data.bin"\r\n\r\n{lines}\r\n--b0--\r\n'
    ).encode()


def made(kind, count):
    """`text`: 3 to 30 KB of text. `mixed`: a fifth of them carry a file, 100 KB at most."""
    source = random.Random(5)
    return [mail(source, number, kind == "mixed" and number % 5 == 4) for number in range(count)]


def policy(rules):
    """Rules that look at the subject, the sender and the text, and do not fire."""
    source = random.Random(7)
    parts = [
        'policy bench {\n    edition 1\n    domains "acme.example"\n}\n',
        "uninspectable {\n    if encrypted then quarantine sealed\n"
        "    if damaged, ambiguous, unsupported, over-limit then quarantine unreadable\n}\n",
    ]
    for number in range(rules):
        rare = "x" + word(source) + "q" + word(source) + "w"
        condition = (
            f'subject contains "{rare}"',
            f'from.domain is "{rare}.example"',
            f'message.text contains "{rare}"',
        )[number % 3]
        parts.append(f"rule r{number} {{\n    when {condition}\n    then quarantine held\n}}\n")
    return "".join(parts)


def write_policy(folder, rules):
    os.makedirs(folder)
    with open(os.path.join(folder, "policy.lazaret"), "w") as file:
        file.write(policy(rules))
