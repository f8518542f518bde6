"""What stands on loopback: a Postfix of its own, its sink, and the filters that it is measured with."""
import glob
import grp
import os
import pwd
import shutil
import socket
import subprocess
import threading
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(place, process=None, seconds=60):
    """Until somebody listens on a port or a socket of the file system."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"ended with status {process.returncode}")
        kind = socket.AF_UNIX if isinstance(place, str) else socket.AF_INET
        with socket.socket(kind) as probe:
            try:
                probe.connect(place if isinstance(place, str) else ("127.0.0.1", place))
                return
            except OSError:
                time.sleep(0.05)
    raise RuntimeError(f"nobody listens on {place}")


def start(command, folder, name, **options):
    log = open(os.path.join(folder, name + ".log"), "wb")
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options)


def stop(process):
    if process and process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def last_words(folder, name):
    with open(os.path.join(folder, name + ".log"), errors="replace") as file:
        return " ".join(file.read().split())[-300:]


def family(root):
    """A process and all that come from it."""
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        for path in glob.glob(f"/proc/{process}/task/*/children"):
            try:
                waiting += [int(child) for child in open(path).read().split()]
            except OSError:
                pass
    return found


def memory(root):
    """MB that a process and its children hold, shared pages counted once."""
    total = 0
    for process in family(root):
        try:
            for line in open(f"/proc/{process}/smaps_rollup"):
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


DAEMONS = """
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """One Postfix: a port for each way of filtering, the same queue and the same sink behind all."""

    def __init__(self, folder, services, sink_port):
        self.folder = folder
        self.etc = os.path.join(folder, "etc")
        self.queue = os.path.join(folder, "queue")
        self.ports = {name: free_port() for name in services}
        for path in (self.etc, self.queue, os.path.join(folder, "data")):
            os.makedirs(path)
        owner = pwd.getpwnam("postfix")
        os.chown(os.path.join(folder, "data"), owner.pw_uid, owner.pw_gid)
        grp.getgrnam("postdrop")
        hop = f"smtp:[127.0.0.1]:{sink_port}"
        settings = {
            "compatibility_level": "3.6", "queue_directory": self.queue, "data_directory": folder + "/data",
            "command_directory": "/usr/sbin", "daemon_directory": "/usr/lib/postfix/sbin", "mail_owner": "postfix",
            "setgid_group": "postdrop", "myhostname": "mx.bench.example", "mydestination": "",
            "mynetworks": "127.0.0.0/8", "inet_interfaces": "127.0.0.1", "inet_protocols": "ipv4", "alias_maps": "",
            "local_recipient_maps": "", "local_header_rewrite_clients": "", "default_transport": hop,
            "relay_transport": hop, "local_transport": hop, "virtual_transport": hop,
            "smtpd_relay_restrictions": "permit_mynetworks, reject", "smtpd_peername_lookup": "no",
            "smtp_dns_support_level": "disabled", "smtp_host_lookup": "native", "message_size_limit": "104857600",
            "mailbox_size_limit": "0", "default_process_limit": "50", "smtpd_client_connection_count_limit": "0",
            "default_destination_concurrency_limit": "20", "initial_destination_concurrency": "20",
            "smtp_connection_cache_on_demand": "yes", "milter_default_action": "tempfail", "milter_protocol": "6",
            "milter_content_timeout": "120s", "maillog_file": folder + "/mail.log", "maillog_file_prefixes": folder,
            "smtpd_error_sleep_time": "0", "smtpd_timeout": "120", "in_flow_delay": "0",
        }
        with open(self.etc + "/main.cf", "w") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        with open(self.etc + "/master.cf", "w") as file:
            for name, options in services.items():
                file.write(f"127.0.0.1:{self.ports[name]} inet n - n - - smtpd\n")
                file.writelines(f"  -o {{ {option} = {value} }}\n" for option, value in options.items())
            file.write(DAEMONS.lstrip())
        done = subprocess.run(["postfix", "-c", self.etc, "start"], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError("postfix does not start: " + done.stderr[-300:])
        for port in self.ports.values():
            wait_for(port)

    def wait_until_empty(self, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            folders = ("maildrop", "incoming", "active", "deferred")
            if not any(files for name in folders for _, _, files in os.walk(f"{self.queue}/{name}")):
                return
            time.sleep(0.02)
        raise RuntimeError("mail is left in Postfix's queue")

    def stop(self):
        subprocess.run(["postfix", "-c", self.etc, "stop"], capture_output=True)


def sink(port, folder):
    process = start(["smtp-sink", "-u", "postfix", f"127.0.0.1:{port}", "1000"], folder, "sink")
    wait_for(port, process)
    return process


def empty_milter(source, folder, place):
    """Compiled at each run: a dozen lines that matter."""
    program = os.path.join(folder, "empty_milter")
    if not os.path.exists(program):
        subprocess.run(["cc", "-O2", "-o", program, source, "-lpthread"], check=True)
    process = start([program, str(place)], folder, f"empty-{os.path.basename(str(place))}")
    wait_for(place, process)
    return process


def no_such_name():
    """A DNS server that answers every question at once: there is no such name. Its port."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve():
        while True:
            question, client = server.recvfrom(4096)
            end = 12
            while end < len(question) and question[end]:
                end += question[end] + 1
            server.sendto(question[:2] + b"\x81\x83" + question[4:6] + bytes(6) + question[12 : end + 5], client)

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1]


def rspamd(unpacked, folder, port):
    """Debian's rspamd as it is configured by default, with its proxy as a milter; names are not looked up."""
    etc, share = folder + "/etc", unpacked + "/usr/share/rspamd"
    shutil.copytree(unpacked + "/etc/rspamd", etc)
    os.makedirs(etc + "/local.d", exist_ok=True)
    for name in ("db", "run", "log"):
        os.makedirs(f"{folder}/{name}")
    scanner = free_port()
    files = {
        "worker-normal.inc": f'bind_socket = "127.0.0.1:{scanner}"; count = 1;',
        "worker-controller.inc": "enabled = false;", "worker-fuzzy.inc": "enabled = false;",
        "worker-proxy.inc": f'bind_socket = "127.0.0.1:{port}"; count = 1; milter = yes; timeout = 120s; '
        'upstream "local" { default = yes; self_scan = yes; }',
        "options.inc": f'dns {{ nameserver = ["127.0.0.1:{no_such_name()}"]; timeout = 0.2s; retransmits = 0; }}',
        "logging.inc": f'type = "file"; filename = "{folder}/rspamd-log"; level = "warning";',
    }
    for name, text in files.items():
        with open(f"{etc}/local.d/{name}", "w") as file:
            file.write(text + "\n")
    variables = {
        "CONFDIR": etc, "LOCAL_CONFDIR": etc, "DBDIR": folder + "/db", "RUNDIR": folder + "/run",
        "LOGDIR": folder + "/log", "SHAREDIR": share, "RULESDIR": share + "/rules", "LUALIBDIR": share + "/lualib",
        "PLUGINSDIR": share + "/plugins", "WWWDIR": share + "/www",
    }
    command = [unpacked + "/usr/bin/rspamd", "-f", "-i", "-u", "root", "-g", "root", "-c", etc + "/rspamd.conf"]
    command += [f"--var={name}={value}" for name, value in variables.items()]
    process = start(command, folder, "rspamd", env=dict(os.environ, LD_LIBRARY_PATH=unpacked + "/usr/lib/rspamd"))
    wait_for(port, process)
    return process


def lazaretd(bin, folder, policy, places, sink_port):
    """Our relay with a program of the benchmark's policy; its next hop is the sink."""
    bundle = folder + "/bench.lzb"
    done = subprocess.run([bin + "/lazaret", "compile", policy, "-o", bundle], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError("the policy does not compile: " + " ".join(done.stderr.split())[-300:])
    settings = ['host-name = "lazaret.bench.example"']
    for name, (scheme, address) in places.items():
        settings += [
            "[[listener]]", f'name = "{name}"', f'address = "{address}"', f'scheme = "{scheme}"',
            'role = "inbound"', 'trusted-peers = ["127.0.0.0/8"]',
        ]
    settings += [
        "[next-hop]", f'address = "127.0.0.1:{sink_port}"', 'security = "none"', "[[organisation]]", 'name = "bench"',
        'domains = ["acme.example"]', "default = true", f'policy = "{bundle}"', "[store]", f'folder = "{folder}/store"',
        "[administration]", f'address = "127.0.0.1:{free_port()}"', "[log]", 'level = "warning"',
    ]
    with open(folder + "/lazaretd.toml", "w") as file:
        file.write("\n".join(settings) + "\n")
    process = start([bin + "/lazaretd", "--config", folder + "/lazaretd.toml"], folder, "lazaretd")
    try:
        for scheme, address in places.values():
            wait_for(address[5:] if address.startswith("unix:") else int(address.rsplit(":", 1)[1]), process)
            if address.startswith("unix:"):
                # Postfix connects as a user of its own.
                os.chmod(address[5:], 0o777)
    except RuntimeError as fault:
        stop(process)
        raise RuntimeError(f"lazaretd: {fault}: {last_words(folder, 'lazaretd')}") from None
    return process
