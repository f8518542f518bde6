#!/usr/bin/env python3
"""What a filter adds to the way of a mail through Postfix: none, an empty milter, rspamd's milter, Lazaret; in one run.

Each round sends the same mails through each of them in turn, over some connections at once. A mail's time goes from MAIL
to the reply to its last byte. The figures are medians of the rounds; what is added is against no filter.

Needs root and Debian's postfix; rspamd where scripts/unpack-rspamd has put it. What is not there is said to be missing.
"""
import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile

import client
import mails
import servers

HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", default=".build/release", help="the folder of lazaretd, lazaret and the worker")
    parser.add_argument("--messages", type=int, default=400, help="of each round")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rules", type=int, default=1000)
    parser.add_argument("--mails", choices=["text", "mixed"], default="text")
    parser.add_argument("--only", nargs="*", help="names of rows; no filter is always among them")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--keep", action="store_true", help="leave the folder with logs and say where it is")
    return parser.parse_args()


class Bench:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.processes = []
        self.missing = {}
        # Row to the smtpd options of its port, and to the filter's process.
        self.services = {"no filter": {}}
        self.filters = {}

    def wants(self, *names):
        return any(not self.options.only or name in self.options.only for name in names)

    def path(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path)
        return path

    def add(self, rows, make):
        """Starts a filter; `rows` are its ways in: names and smtpd options."""
        if not self.wants(*rows):
            return
        try:
            process = make()
        except (RuntimeError, OSError) as fault:
            self.missing |= {name: str(fault) for name in rows}
            return
        self.processes.append(process)
        for name, options in rows.items():
            if self.wants(name):
                self.services[name] = options
                self.filters[name] = process

    def start(self):
        sink_port = servers.free_port()
        self.processes.append(servers.sink(sink_port, self.folder))
        source = os.path.join(HERE, "empty_milter.c")
        path, port = self.folder + "/empty.sock", servers.free_port()
        self.add(
            {"empty milter, unix": {"smtpd_milters": f"unix:{path}"}},
            lambda: servers.empty_milter(source, self.folder, path))
        self.add(
            {"empty milter, tcp": {"smtpd_milters": f"inet:127.0.0.1:{port}"}},
            lambda: servers.empty_milter(source, self.folder, port))
        self.start_rspamd()
        self.start_lazaret(sink_port)
        postfix = servers.Postfix(self.path("postfix"), self.services, sink_port)
        self.postfix = postfix

    def start_rspamd(self):
        unpacked, port = os.environ.get("LAZARET_RSPAMD", "/var/cache/lazaret/rspamd"), servers.free_port()

        def make():
            if not os.path.exists(unpacked + "/usr/bin/rspamd"):
                raise RuntimeError("rspamd is not unpacked (scripts/unpack-rspamd does it)")
            return servers.rspamd(unpacked, self.path("rspamd"), port)

        self.add({"rspamd milter, tcp": {"smtpd_milters": f"inet:127.0.0.1:{port}"}}, make)

    def start_lazaret(self, sink_port):
        proxy, tcp, path = servers.free_port(), servers.free_port(), self.folder + "/lazaret.sock"
        rows = {
            "lazaret, proxy": {"smtpd_proxy_filter": f"127.0.0.1:{proxy}", "smtpd_proxy_timeout": "300s"},
            "lazaret milter, unix": {"smtpd_milters": f"unix:{path}"},
            "lazaret milter, tcp": {"smtpd_milters": f"inet:127.0.0.1:{tcp}"},
        }
        bin = os.path.abspath(self.options.bin)
        places = {
            "proxy": ("smtp", f"127.0.0.1:{proxy}"), "milter-unix": ("milter", f"unix:{path}"),
            "milter-tcp": ("milter", f"127.0.0.1:{tcp}"),
        }

        def make():
            if not os.path.exists(bin + "/lazaretd"):
                raise RuntimeError(f"{bin} has no lazaretd")
            folder = self.path("lazaret")
            mails.write_policy(folder + "/policy", self.options.rules)
            wanted = {name: place for (row, _), (name, place) in zip(rows.items(), places.items()) if self.wants(row)}
            return servers.lazaretd(bin, folder, folder + "/policy", wanted, sink_port)

        self.add(rows, make)

    def measure(self):
        options = self.options
        batch = mails.made(options.mails, options.messages)
        figures = {name: [] for name in self.services}
        refused = {name: {} for name in self.services}
        # The first round warms up and does not count.
        for round in range(options.rounds + 1):
            for name in self.services:
                seconds, taken, faults = client.run(self.postfix.ports[name], batch, options.connections)
                self.postfix.wait_until_empty()
                for text, count in faults.items():
                    refused[name][text] = refused[name].get(text, 0) + count
                if round and taken:
                    taken.sort()
                    at = lambda share: taken[min(len(taken) - 1, int(len(taken) * share))] * 1e3
                    figures[name].append((len(taken) / seconds, at(0.5), at(0.99)))
        return [self.row(name, rounds, refused[name]) for name, rounds in figures.items() if rounds]

    def row(self, name, rounds, refused):
        middle = [statistics.median(values) for values in zip(*rounds)]
        row = dict(name=name, messages_per_second=middle[0], p50_ms=middle[1], p99_ms=middle[2], refused=refused)
        if name in self.filters:
            row["memory_mb"] = servers.memory(self.filters[name].pid)
        return row

    def stop(self):
        if hasattr(self, "postfix"):
            self.postfix.stop()
        for process in reversed(self.processes):
            servers.stop(process)


def table(report):
    base = report["rows"][0]
    print("| filter | messages/s | p50 ms | p99 ms | added p50 | added p99 | MB |\n|---|---|---|---|---|---|---|")
    for row in report["rows"]:
        added = [f"{row[key] - base[key]:+.1f}" if row is not base else "–" for key in ("p50_ms", "p99_ms")]
        memory = f"{row['memory_mb']:.1f}" if "memory_mb" in row else "–"
        figures = f"{row['messages_per_second']:.0f} | {row['p50_ms']:.1f} | {row['p99_ms']:.1f}"
        print(f"| {row['name']} | {figures} | {added[0]} | {added[1]} | {memory} |")
        for text, count in row["refused"].items():
            print(f"  {row['name']}: {count} times: {text}", file=sys.stderr)
    for name, why in report["missing"].items():
        print(f"| {name} | missing: {why} |  |  |  |  |  |")


def main():
    options = arguments()
    if os.getuid() != 0 or not shutil.which("postfix"):
        sys.exit("the relay's benchmark needs root and Debian's package postfix")
    folder = tempfile.mkdtemp(prefix="lazaret-bench-", dir=os.environ.get("TMPDIR", "/tmp"))
    os.chmod(folder, 0o755)
    bench = Bench(options, folder)
    try:
        bench.start()
        rows = bench.measure()
    finally:
        bench.stop()
        if options.keep:
            print(folder, file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    report = dict(
        processors=os.cpu_count(), load=os.getloadavg()[0], connections=options.connections,
        messages=options.messages, rounds=options.rounds, rules=options.rules, mails=options.mails, rows=rows,
        missing=bench.missing)
    if options.format == "json":
        json.dump(report, sys.stdout, indent=2)
        print()
    else:
        table(report)
    if any(row["refused"] for row in rows):
        sys.exit("mails were refused: these are no figures")


main()
