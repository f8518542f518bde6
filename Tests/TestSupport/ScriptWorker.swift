import Foundation

/// A worker written as a script, so that faults can be staged without a hook for them in the product.
///
/// The script is Python with a `frame()` that reads one request as (kind, json, attachment), `send(kind, value)` that
/// replies, `report(size)` that makes a report, and `answer(request)` that behaves. Each test adds the misbehaviour.
public struct ScriptWorker: Sendable {
    public let path: String
    /// A folder of the script's own, where it leaves traces for the test.
    public let folder: URL

    private static let head = """
        #!/usr/bin/env python3
        import json, os, struct, sys, time
        folder = os.path.dirname(os.path.abspath(sys.argv[0]))
        def exactly(n):
            data = b''
            while len(data) < n:
                piece = os.read(0, n - len(data))
                if not piece: sys.exit(0)
                data += piece
            return data
        def frame():
            length, = struct.unpack('<I', exactly(4))
            kind, = exactly(1)
            size, = struct.unpack('<I', exactly(4))
            value = json.loads(exactly(size) or b'{}')
            return kind, value, exactly(length - 5 - size)
        def write(data):
            while data: data = data[os.write(1, data):]
        def send(kind, value):
            text = json.dumps(value).encode()
            write(struct.pack('<IBI', len(text) + 5, kind, len(text)) + text)
        def report(size):
            node = {'path': '', 'names': [], 'kinds': [], 'size': size, 'depth': 0, 'anomalies': [], 'unread': [],
                'virus': [], 'children': []}
            return {'encrypted': False, 'signed': False, 'malformed': False, 'ambiguous': False,
                'rows': [{'level': 0, 'node': node}],
                'urls': [], 'urlCount': 0, 'urlsUnread': []}
        def judgement(envelope, mail, disposition='deliver'):
            recipients = envelope['recipients'] or [address('guessed@acme.example')]
            envelope = dict(envelope, recipients=recipients)
            return {'envelope': envelope, 'missingEngines': [], 'engines': [], 'elapsedMicroseconds': 1, 'decisions': [
                {'recipient': one, 'direction': 'inbound', 'disposition': disposition, 'areas': [], 'rules': [],
                 'exempted': [], 'actions': [], 'withheld': []} for one in recipients]}
        def address(words):
            local, domain = words.split('@')
            return {'local': local, 'domain': {'name': domain}}
        def note(name):
            with open(os.path.join(folder, name), 'a') as file: file.write(str(os.getpid()) + '\\n')
        def noted(name):
            try: return open(os.path.join(folder, name)).read().split()
            except FileNotFoundError: return []
        def answer(request):
            kind, value, attachment = request
            if kind == 1: send(17, {'release': value.get('release')})
            elif kind == 2: send(18, report(len(attachment)))
            else: send(19, judgement(value['envelope'], attachment))
        note('starts')

        """

    /// Writes the script; `body` comes after the functions.
    public init(_ body: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("script-worker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("worker")
        try Data((Self.head + body).utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        path = file.path
    }

    /// Takes script and traces away.
    public func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Process numbers that the script noted under a name.
    public func noted(_ name: String) -> [Int32] {
        let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { Int32($0) }
    }
}
