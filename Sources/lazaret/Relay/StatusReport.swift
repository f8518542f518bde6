import Acceptance
import Foundation
import PolicyTesting

/// What judges where, for people and for programs.
enum StatusReport {
    static func lines(_ status: PoliciesInForce, paint: Paint) -> [String] {
        var lines = [Shown.text("\(status.release), running since \(time(status.startedAt))")]
        for organisation in status.organisations {
            let name = paint(Shown.text(organisation.name), .bold)
            lines.append(name + (organisation.active == nil ? ": no policy yet" : ""))
            if let active = organisation.active { lines.append("  active  " + line(active)) }
            if let shadow = organisation.shadow {
                lines.append("  shadow  " + line(shadow))
                if let judged = organisation.shadowJudged, let differing = organisation.shadowDiffering {
                    lines.append(
                        "          it judged \(Shown.count(judged, "message")), \(differing) of them otherwise")
                }
            }
        }
        return lines
    }

    private static func line(_ version: PolicyVersion) -> String {
        let signer = version.signer.map { ", key \($0)" } ?? ""
        let message = version.message.split(whereSeparator: \.isNewline).first.map { ": \($0)" } ?? ""
        return Shown.text(
            "version \(version.number), \(version.digest.prefix(16))\(signer), \(time(version.receivedAt)), "
                + "\(version.author)\(message)")
    }

    static func object(_ status: PoliciesInForce) -> OrderedJSON {
        .object([
            ("release", .string(status.release)), ("startedAt", .number(Int(status.startedAt))),
            ("organisations", .list(status.organisations.map(object))),
        ])
    }

    private static func object(_ organisation: OrganisationStatus) -> OrderedJSON {
        .object([
            ("name", .string(organisation.name)),
            ("active", organisation.active.map(object) ?? .null),
            ("shadow", organisation.shadow.map(object) ?? .null),
            ("shadowJudged", .optional(organisation.shadowJudged)),
            ("shadowDiffering", .optional(organisation.shadowDiffering)),
        ])
    }

    private static func object(_ version: PolicyVersion) -> OrderedJSON {
        .object([
            ("number", .number(version.number)), ("digest", .string(version.digest)),
            ("signer", .optional(version.signer)), ("author", .string(version.author)),
            ("token", .string(version.token)), ("message", .string(version.message)),
            ("receivedAt", .number(Int(version.receivedAt))), ("state", .string(version.state.rawValue)),
        ])
    }

    private static func time(_ seconds: Int64) -> String {
        ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(seconds)))
    }
}
