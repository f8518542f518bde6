import Diagnostics
import Foundation
import Semantics
import Testing
import Vocabulary

/// The policies in the repository have no fault.
@Suite struct HousePolicyTests {
    /// A policy folder on disk, with the modules below `Policies`.
    struct Folder: PolicySources {
        static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Policies").standardizedFileURL

        let name: String

        private var place: URL { Self.root.appendingPathComponent(name) }

        var policyFiles: [PolicyFile] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
            return names.filter { $0.hasSuffix(".lazaret") }.compactMap { file in
                (try? Data(contentsOf: place.appendingPathComponent(file))).map {
                    PolicyFile(path: name + "/" + file, bytes: Array($0))
                }
            }
        }

        func module(_ path: [String]) -> PolicyFile? {
            let file = path.joined(separator: "/") + ".lazaret"
            let places = [place.appendingPathComponent(file), Self.root.appendingPathComponent(file)]
            return places.lazy.compactMap { try? Data(contentsOf: $0) }.first.map {
                PolicyFile(path: file, bytes: Array($0))
            }
        }

        var moduleNames: [String] { [] }

        /// Enough of the list for reserved names.
        var publicSuffixes: [UInt8]? { Array("example\norg\n".utf8) }

        func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
            let folder = Self.root.appendingPathComponent(file.path).deletingLastPathComponent()
            guard let bytes = try? Data(contentsOf: folder.appendingPathComponent(path)) else { throw .missing }
            return Array(bytes)
        }
    }

    /// Every folder that holds a `policy.lazaret`.
    static let folders: [String] = {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: Folder.root.path)) ?? []
        return paths.filter { $0.hasSuffix("/policy.lazaret") }.map { String($0.dropLast("/policy.lazaret".count)) }
            .sorted()
    }()

    @Test(arguments: folders)
    func hasNoFault(_ folder: String) {
        let result = Checker(patterns: StubPatternChecker(), suffixes: StubSuffixes()).check(Folder(name: folder))
        #expect(result.policy != nil && result.diagnostics.isEmpty, "\(rendered(result))")
    }

    /// Mail to `ann@dev.acme.example` must not pass as if it were for strangers.
    @Test(arguments: folders)
    func seesMailToSubdomains(_ folder: String) throws {
        let result = Checker(patterns: StubPatternChecker(), suffixes: StubSuffixes()).check(Folder(name: folder))
        let organisation = try #require(result.policy).organisation
        let fromOutside = Envelope(sender: Address("eve@client.example"))
        for own in organisation.domains {
            let recipient = Address("ann@dev.\(own.domain.name.string)")
            #expect(organisation.direction(of: fromOutside, for: recipient) == .inbound, "\(recipient)")
        }
    }
}
