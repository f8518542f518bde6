import Foundation
import Testing

/// The rooms' directions. SwiftPM alone does not hold them: an undeclared import can pass a build by luck.
@Suite struct RoomTests {
    private let tree = SourceTree.shared

    @Test func everyRoomIsInTheTable() {
        #expect(!tree.files.isEmpty)
        for room in tree.rooms {
            #expect(
                RoomTable.rows[room] != nil,
                "the room \(room) is not in RoomTable; say there, and in docs/architecture.md, what it may import")
            #expect(!RoomTable.forbiddenNames.contains(room), "\(room) says nothing about what is in it")
        }
    }

    @Test func importsGoDownOnly() {
        for file in tree.files {
            guard let row = RoomTable.rows[file.room] else { continue }
            let allowed = RoomTable.system.union(row.rooms).union(row.others)
            for (module, line) in file.imports where !allowed.contains(module) {
                Issue.record("\(file.path):\(line): \(file.room) may not import \(module); see the table of rooms")
            }
        }
    }

    @Test func theSecurityDirectionsHold() {
        for (rooms, forbidden, sentence) in RoomTable.never {
            for room in rooms {
                let reached = Self.reachable(from: room)
                for module in forbidden where reached.contains(module) {
                    Issue.record("the table lets \(room) reach \(module): \(sentence)")
                }
            }
            for file in tree.files where rooms.contains(file.room) {
                for (module, line) in file.imports where forbidden.contains(module) {
                    Issue.record("\(file.path):\(line): \(file.room) imports \(module), but \(sentence)")
                }
            }
        }
    }

    /// Rooms reached over any number of imports, as the table has them.
    private static func reachable(from room: String) -> Set<String> {
        var reached: Set<String> = []
        var waiting = [room]
        while let next = waiting.popLast() {
            guard let row = RoomTable.rows[next] else { continue }
            for module in row.rooms + row.others where reached.insert(module).inserted { waiting.append(module) }
        }
        return reached
    }

    @Test func theTableHasNoCycle() {
        for room in RoomTable.rows.keys {
            #expect(!Self.reachable(from: room).contains(room), "\(room) reaches itself")
        }
    }

    @Test func eachCLibraryIsImportedByOneTarget() {
        var importers: [String: Set<String>] = [:]
        for file in tree.files {
            for (module, _) in file.imports where Self.isCLibrary(module) {
                importers[module, default: []].insert(file.room)
            }
        }
        for (library, rooms) in importers {
            #expect(rooms.count == 1, "\(library) is imported by \(rooms.sorted()); one target owns a C library")
        }
    }

    private static func isCLibrary(_ module: String) -> Bool {
        let letters = Array(module)
        return letters.count > 2 && letters[0] == "C" && letters[1].isUppercase
    }

    /// Both ways: what the table allows must be there, and nothing else may be linked, imported or not.
    @Test func thePackageAgreesWithTheTable() throws {
        let text = try String(contentsOf: tree.package.appendingPathComponent("Package.swift"), encoding: .utf8)
        for (room, row) in RoomTable.rows {
            let own = try #require(Self.declaration(of: room, in: text), "Package.swift has no target \(room)")
            var linked = Set(own.matches(of: /"([^"]+)"/).map { String($0.output.1) })
            // Packages are named beside their products; the products are what is linked.
            linked.subtract(own.matches(of: /package: "([^"]+)"/).map { String($0.output.1) })
            linked.remove(room)
            #expect(linked == Set(row.rooms + row.others), "Package.swift and the table of rooms differ for \(room)")
        }
    }

    /// The call that declares a target, from its name to the parenthesis that closes it.
    private static func declaration(of room: String, in text: String) -> Substring? {
        let opening =
            text.range(of: "room\\(\\s*\"\(room)\"", options: .regularExpression)
            ?? text.range(of: "\\.executableTarget\\(\\s*name: \"\(room)\"", options: .regularExpression)
        guard let opening else { return nil }
        var depth = 1
        let rest = text[opening.upperBound...]
        for index in rest.indices {
            if rest[index] == "(" { depth += 1 }
            if rest[index] == ")" { depth -= 1 }
            if depth == 0 { return rest[..<index] }
        }
        return nil
    }

    @Test func thePageOfTheHouseNamesEveryRoom() throws {
        let page = try String(
            contentsOf: tree.package.appendingPathComponent("docs/architecture.md"), encoding: .utf8)
        for room in RoomTable.rows.keys {
            #expect(page.contains("`\(room)`"), "docs/architecture.md does not name the room \(room)")
        }
    }

    /// `Room/File.swift`, as the page follows one message through the house.
    @Test func filesThatThePageOfTheHouseNamesAreThere() throws {
        let page = try String(
            contentsOf: tree.package.appendingPathComponent("docs/architecture.md"), encoding: .utf8)
        let paths = Set(tree.files.map(\.path))
        let named = page.matches(of: /`([A-Za-z-]+\/[A-Za-z\/]+\.swift)`/).map { "Sources/" + $0.output.1 }
        #expect(named.count > 20)
        for path in named where !paths.contains(path) {
            Issue.record("docs/architecture.md names \(path), which is not there")
        }
    }

    @Test func roomsWithoutFilesOpenNone() {
        let callers = [
            "FileManager", "FileHandle", "fopen(", "opendir(", "socket(", "URLSession", "contentsOfFile",
            "Data(contentsOf",
        ]
        for file in tree.files where RoomTable.withoutFiles.contains(file.room) {
            for (index, line) in file.code.enumerated() {
                for caller in callers where line.contains(caller) {
                    Issue.record("\(file.path):\(index + 1): \(file.room) opens no files; what it needs is handed in")
                }
            }
        }
    }
}
