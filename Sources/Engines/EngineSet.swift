import Connections
import Vocabulary

/// All engines of a worker, as its configuration asks for them.
public struct EngineSet: Sendable {
    public var antivirus: AntivirusPanel
    public var yara: [WatchedYara]
    public var spam: SpamPanel
    /// Spam filters upstream, by their names.
    public var upstreams: [(name: String, SpamUpstream)] = []

    /// Loads what is in this process; connects to nobody yet.
    ///
    /// - Throws: `EngineFault` for signatures or rules that cannot be loaded. An engine elsewhere that does not answer is
    ///   no fault here: it may come back.
    public init(
        _ configuration: EngineConfiguration, dialer: any Dialer, limits: EngineLimits = EngineLimits()
    ) throws(EngineFault) {
        var antivirus: [any AntivirusEngine] = []
        var yara: [WatchedYara] = []
        var spam: [any SpamEngine] = []
        for settings in configuration.engines {
            switch try LoadedEngine(settings, dialer, limits) {
            case .antivirus(let engine): antivirus.append(engine)
            case .yara(let rules): yara.append(rules)
            case .spam(let engine): spam.append(engine)
            case .upstream(let upstream): upstreams.append((settings.name, upstream))
            }
        }
        self.antivirus = AntivirusPanel(antivirus, limits: limits)
        self.yara = yara
        self.spam = SpamPanel(spam)
    }

    /// What is known of every engine, without asking anybody.
    public var states: [SignatureState] {
        antivirus.engines.map(\.signatures) + yara.map(\.signatures) + spam.engines.map(\.state)
    }
}

/// One engine of a configuration.
enum LoadedEngine {
    case antivirus(any AntivirusEngine)
    case yara(WatchedYara)
    case spam(any SpamEngine)
    /// Nobody is asked: it has spoken.
    case upstream(SpamUpstream)

    init(_ settings: EngineSettings, _ dialer: any Dialer, _ limits: EngineLimits) throws(EngineFault) {
        let name = settings.name
        let bounds = EngineBounds(seconds: settings.seconds, largest: settings.largest)
        switch settings.kind {
        case .clamav(let folder):
            var clamAV = ClamAVLimits()
            clamAV.contentBytes = settings.largest
            clamAV.milliseconds = Int(settings.seconds * 1000)
            self = .antivirus(try WatchedClamAV(name, signatures: folder, clamAV: clamAV, limits: limits))
        case .clamd(let address):
            self = .antivirus(ClamdEngine(name, at: address, bounds: bounds, limits: limits, dialer: dialer))
        case .icap(let address, let service):
            self = .antivirus(
                ICAPEngine(name, at: address, service: service, bounds: bounds, limits: limits, dialer: dialer))
        case .yara(let files):
            self = .yara(try WatchedYara(name, files: files, bounds: bounds, limits: limits))
        case .rspamd(let address, let password):
            self = .spam(
                RspamdEngine(name, at: address, password: password, bounds: bounds, limits: limits, dialer: dialer))
        case .spamd(let address, let user):
            self = .spam(SpamdEngine(name, at: address, user: user, bounds: bounds, limits: limits, dialer: dialer))
        case .upstream(let upstream):
            self = .upstream(upstream)
        }
    }
}
