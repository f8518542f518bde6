import TestSupport
import Testing

@testable import Archives

/// Disks with UDF beside or without ISO 9660, made by genisoimage for these tests, in xz and base64.
@Suite struct UniversalDiskTests {
    /// Directories in one another: `63.txt` lies below 63 of them, `64.txt` one deeper.
    private static let deep =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM8yf/ELFdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wj
        EVPgWRjFdYrid/dE790OjkefKuUNdUG7Q609LBi0BT3LYTAYxkCvfQOc3rD355vThWndwp4e7xABxSUVYtrM0NwCf++uC/I39bzcziI8IX2x
        UMbb0wjZx779PwR4zsmZ75s9o469WQ2weGsUvZzG9PsAiaNGGegVA6pb8xHK1Uhhl0G1DAxbQuPfPajo9UWfKk32mvTJYXO9tlXMdXJQuUGZ
        gPpLfg/KlQhBVMHEBADGy806sq3BNGM/DPBiUe/SdKEyj1YFJ8BRpRehVKFrEj4/z1ZJzuZwW2RGEQQ/hIQ8C5wx48fnaoKUC1D1I8Ky3jdx
        R0iM4GbIce46qshN+rhFyedKAEQ40TH0W1ow+XqgLXXJwrqqpMpYMyPcd5uH6PR27oD47LxNCF6+/TzyBwc370kKGC7femeCPSRl584TifyN
        y3qcF6VpO0Jkh9ftECzSEeQWQafTbofLkZncONTtOKh8Axq24Sk5q/og9vFrXZKaaOWjTAqdna2w5/+a5bx6lMEE8L10agm4XEVSKtA7WMLj
        5csR5BLlntrpwgkv5Sqp6+3hwfWlIk+12E7Jbo+HLbVjr2E8RaYstb1z8U9qlbDL5Zygx/R40vkYjmOXfIhxh4RhwtjqJh/V5tYsVyzfFmwd
        BfmByOkGFE9TJDNjG1V8oWO9UOIw+t2nz4v57K7pNJAY5jokyskrWkuNUJxGbBDB/KersNfRXu/dHTaK7mjzcAB8hY9tsMKogW9DIsFR0VQM
        Shtyf6N5HI6fL2orifephiOb5yIptqlNUonMnTXROMXWTp1sw2bnZFVadvoa9M0hxc8EI+Pwe7FD/iNhqFMw3yBxxu6eVbVVYPKetrIQf2Gi
        Kb1uhRL9Y+V57dMt/mGXBgNfyXA7FMAyN5ilFQGl6KMJKuyq/1omrGfYd300yoc3ImBplgh+Ec7xCN6lZhdBwfkovPDk14ZR8Q7ZbReyEPCE
        5ZxYbjWoc1c31pTQ+9blQKmuGnNbKIY4scM0YH175S8Re2fgu6QoH4aNA4Kt1YPOZmX3ZdI51D8x1WCU/L/5O2CeT5x7iABAq5bRShOK0zt6
        0VBPUUJNm2DiXUuZx/7/Bql4HSNtr5ZFBZuXGItB+ij912NLSCPCm0VgnnVjAi4K2p284IooIjVHD00wVS3w6kjigLot6TFk8SlSfP5O+QpS
        NxhEuZwc1xqBavG9MiBy8mJZniK3lVd7NpF4jQ4PILHC1aY3s7JERL2lYylhaoO/QR3fYDlAGmMtE74Wo/9EydfZDA9PJCrtUOwFPV4yNW/i
        kCfmRnaXRVdsMqqcvEcHb2LGlN8WcYGn8888KhA2tOtIdejUodoOUnK9lB21wfpcS2Qo6CDKtz9jr2fKIbZPva/4QjGADHZSO24a2M/M8cbr
        gRJYt/6uJnN0sW9DvZUtRRRfqrQlX5YqY2qKZF6evqLp8gyqQMiJey0v/OTambTKyFFshRGoTDHsmE4z7mfUERSG3Ai9lDtIIj63dqQW6+wt
        7Bc5/HUthqWcJBKWAdu7jouYgupbjI6j3DleDu6KavQQf46XBAwdKGg4C4cUj2Eq34GjqYMpKlCDYpCUbdSazXGnao+xAkAsyaNTWn/cFxg4
        bgPAMBTS7S2jbTxFwOYSIfNcfLQAoTGGPCAvBFEdZ0LQOHeTFkBivTVQNnFwvungJrHA6JGf5jdb32s0fQmFhNrT12zVRbi+zs/GU6DSMqyx
        n0n0e25+WGwRaXsN1to72HLWx3SnSSsSsj97UF7VUT3uhXgi7nJ56795E46bVQ8slS2BBxn/o7EQqRygSKBP01MirprsflStZrWLrhuZvjLa
        b2zph2kYWeiKTLY3I0klpsc3+pMEUCxy638CFdWOd1TkLVEHpyG/XtT9r6qgiyFZAVP9Ck/FejavKXTadko3PY0UFd3b5eCZ4q1+keQqdkGH
        lwuIDj7giRag8Un9OqUJuNMB3YlvPfCZsgWma+zXVeuZa9VKxAQOT5+Wf/Z7+8gcTHckCKW7FIth/HBvIUcjSVnu9Qt1w9hgX2x3j94bo5ip
        djv9noXcr8+65ajhpJodyKfbsOdY8oWyy8gFGzP1VVUGBgg80+TsTr5ZU7VfszJODMpxqUzbhTPFATHC65oUR4kThI9DnKIdUABtaOOpgiqc
        zfSN6Y8T0JCNjVeo4r5l1ry5pK3rHTyz35HzqWTqSFsx93OBvkN2NSOfXcDx6tCsKkxMr2ufxbJAqemjdrr7PvLiVHOlONHLEBn7k4APzsit
        FD8VtzaR6yLjh7V6RVYwmZDp1fuqlJiXaHfuzZsaj8Vh9QupmeDDgBirjoHCArohv+RSXAHjR+4kqVskpop1lGNkUcpunZoaPQp+EPUZKf4/
        QxednMFFW1dUqmoEj5WZ8ZrTNc8EoNcvCT02SjMnwSCkwvw1XPcq+61tiVO069ZVBTyMGKX2lNQ2KIw0rXBZezTd6b+EJNnVDsO5FBdtc5S5
        EyxB6cKTRM8vgamkHdk60lNnLvNOyzMpIn6E2JIE6KoqUylq3nSAYOfWGzKVvQa1zVbOEVeetCHu3WTxDIw5CNDT8zabBmHjbaPzHLHIY3Vj
        Gd3eaq2Ps+kwRbYomun1VAzGTpwXW4wo2OD/qTE9hFPLI0rQtxBqgN0T2lEZ14oXg0Ia5e+kDyGVXl5W1QydL14x+n1goJypmqwqs7bGcbCU
        gcJqQ4c7DHbng1aW25PzLY2bjUFTylSKXh3slKb+JQ2duZdxeYVQfXFpE1nC73GvcBHubHkM71zMSiC9ACK1+n1TbXZ5BwrIHB0a0wHybgVJ
        iLvnsNlfUL0P69oj+nhMl81K6MXG3YAWxhLWU4aqDmiW/rITyXDaam2VxJigKYcTcB94F4/1E8nRmfpOlaTigs3By2XbM/Qx3+3GbS/IUdee
        fZdvJJjwUoDne3+VZJaC0Xp5xC3Hw5umJ9Ij2YZSr7NFBc++c2nYotDQDuTw4iO+Q6khwHCfO/hceUS/eq1xMpq0uHpuE9fZN3jzUMD7kvgs
        jOSYSA2k02E5JHbiiGhNYMowqZKp1kC9GsTKvHWPcWuTxyGMEpR9KAJDbiO4KnIgWNwtbLl75Xz1YUKDnsrxeM4bseyANRZbjUS0p+zVs/dK
        SE0Br0zs5wm/ZOcz6u6AqdKrSVG0xH0JZcnF8y9IP1Y50JYru4Ubc8TKPPNhIqMtyius8rm6bC5D4qpTsVZ2F+lw+4kON6loA7lCeEb4TPUJ
        ejVNvEDGsHftZgqF6TUrvkjFc0VPoj0lQPfXYyJLBR5S95O/tkVEzKRbXaef1nxGBtfwQcDeuZUMPOmUnexFTA1FxoSxT06u7XEBKEb5fL6T
        EVIaCFCnVTtXR/8+/9JI5Fwi3btiKB37cUEiBs5Dnr74K3Zw0wmHzS49gnWeeknU0Uzpan+iQ6Nb1iGTCYLdfJB5Wfbg2F88CTCPWniNcb4X
        V5t2lnTkITNKC/smwftJItX+80mWk/ws3pTFCg9zzNzDNdIzP+KoTJlVT6C+TbZ1pvKI5UntWfY+DKSPK60dVHu4br/uDbyGWdomtNZ7Adhb
        Lfdm6xkTgwaN+QEjD9MZ7gu4ggZDfrnQXKLQgXka9xxEfYa04HJfwWskzASrieebzcvfBphGsNA/lqIjAn7hTG4AtuDmCMC+6l/STY7FOlaj
        Ilce/NznPwsO/8RUU/178C60aMm2tpC1SUXhTUMv1LScecCIyvlYPTtcF+fnwqrohodKDsexDdtzlScD/XhlEo/OuD5ShJZ1aQ8/inJ1Wysf
        RUwztwNYM/AHUaCLoFyRlQmfKbraJWEJE+panT/UEONo3Q60hq2xD4i7hoHp1HRWf8CEPddpQhEkehFLwnFZFkFqUDo+Y7fMkgLJBVm9SF2e
        PjE148IAftalQQiQTWwJANdRvnPQWtD1utkRWVxSHHr8VBr4Icr2kOOKPvyqU9zb/uTHWp1zT7alB66EeBZhjwMG7I9VEk8f1jnW9Z1ri79k
        /Q3f27FDQLTRpO1R7WgkTrg60u8byv9y5i5YTkepbrHBx2F3CYmehNj0YOZJoPzyV8Vu41uhfdr+THETSsQMDYOMzN41ijpKimdzlqaeX9eA
        hIYJ+qAt9w+1w21o0aHKq5xp7JUw+nENsWNV6uU/YyMvuAIT0RF/VPPqyrZyT0WMf7lu5tmPzwxSXoOzlGymsyhbMgIsyGc0FOggunQZG0Ri
        9am6xlUE19CKIdW+Oo0e+It41yI2c6R2aMBwJhd0owikT+VcMq47wSnxzwKQOEQXr4LUEvZTuLkTStofm/xUMFY0XS+voZozre9hQJYYAB2B
        gIMvS10jMTNfVFdJXdly/xya7kpBHksDibs55LwbhoSsOpLHJTzVNgnAFJCuOa66wQaL+cxuVvBKXKQittkRxWbJAhXGm6RZ/JuzLSKiwN+c
        z1RjR1JFpMPUPISDdv8K/cqZVBe4MT1RBJZtHoIXvcFv/iFwIRycvH4tMtQjIRXMFIYHjw1IAPaebbQVLG7bsvSih+LHkpZjEaju8uW6HkIe
        +t8tGA5xGCRpmjY9XGPuhKxe11qveWpHg0LvI/IfmqNEi8yw4jIsLtIkQi4tTumtsg5Pl3ujOh/ajtg2qRyNYyrJhRPED/U0hfRmKXvonpR+
        yyXWgUgTYnkA9G3ypN2y8TcnfzCdEaJ2l9toJn6jHYVB2hUFAJfKcxOo73QPgkcsbj5BXhukj1MnDuQP0kASr+B0lsVLvbgzOow8JQ2B59w8
        ICY6+hhDfkWkWKn5PJBiSOvjhEXtmdnrFvZfFPBDIvvlg8jyJikDI+mRmrOIwo0Gz4OFvQ65/1lj9+/5klgz+t6+cT0+UcIogEX5TeMnQDE6
        R2bMUkUcXkhvG8lAPavWvt6ymWrELgfNtdexbm1QQHj5TAQsHkI6p2fa87tL7zkwpnSc1iFKp/RqvA5+tK9Hd4KcoybfbP1z3kzrsL8S8X1X
        iweqPG0h6e9npBA40+cPAsA7v3y5TCpkuwhJXbTyQNehLy2nuJllUeRhID0bpS4ka9jD7CtJcqbVrV2gKe3/JI5Lbcrzi3q769U2NXuA7mFi
        E5geDjFuI+yTn6XKOiQbhLS1H6wBWSKxlcf65trDO9HXUrb+OVaLXHUdFl+FqVkbJ/+zIEQ+jaZIGc2VfnLt577UigRLYYICqlxZE+F3rL2p
        5hS4zuFMW74Cp3tUQ3p6viC33txI6cIFvfhsMv/tWVXEwb4W0EYA28DF4FeVoYtHcsFKqeJC15ApQTgt4r8AbW2oj8TeqGejcJmug8Fru6x8
        1GxRCT1O71l4fiL11OcvTMDvBZYPOfFVshecxLLtpbxct0y8GbodFX0b2Pvxybtd9aqb77Q7JDef2ZioObgCw1+MF0vzg5J1IFlwIvEQnJMk
        NjcfjOSenQCd6vd0bBr10d1R3SXXVu7nIJysBOC/Efy26PFShvnkq9HZK38Xs2YNqQ5r9rEKNbwFf5PdYAiv7/8lGYSunvQ4VDEf5+Xp01YB
        hAMZXDTh0axMwXkEXhWar1klyVRu/M5KGJ9MzDX264oTN/Ezvr5WmSMoySK9THWhekjRX7+a2Pm+KPO9gd0r0FGe77xZz3sFVfq9PWlQeuxG
        1u73AgrDkcpNwQAAAAAABIaKE5dSZjEAAc0hgNBMAAFcnq6xxGf7AgAAAAAEWVo=
        """

    private static let sector = 2_048

    private static func disk(_ base64: String) -> [UInt8] {
        ArchiveReader().contents(of: SampleArchives.decoded(base64), as: .xz).entries.first?.bytes ?? []
    }

    /// The descriptors of UDF where those of ISO 9660 were.
    private static func withoutISO(_ disk: [UInt8]) -> [UInt8] {
        var disk = disk
        let first = (16..<40).first { disk[($0 * sector + 1)...].starts(with: "BEA01".utf8) } ?? 0
        for place in 16..<first { disk.replaceSubrange((place * sector)..<((place + 1) * sector), with: empty) }
        for place in 0..<3 {
            let from = (first + place) * sector
            disk.replaceSubrange(((16 + place) * sector)..<((17 + place) * sector), with: disk[from..<(from + sector)])
        }
        return disk
    }

    private static let empty = [UInt8](repeating: 0, count: sector)

    /// Takes the payload out of the directories of ISO 9660: a record of no length ends a sector of them.
    private static func hidden(_ disk: [UInt8]) -> [UInt8] {
        var disk = disk
        for name in [Array("PAYLOAD.EXE;1".utf8), "payload.exe".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }] {
            let places = disk.indices.dropLast(name.count).filter { disk[$0...].starts(with: name) }
            for place in places where disk[place - 33] > 33 { disk[place - 33] = 0 }
        }
        return disk
    }

    private static func contents(_ disk: [UInt8]) -> ArchiveContents {
        ArchiveReader().contents(of: disk, as: .iso9660)
    }

    private static func payload(_ contents: ArchiveContents) -> Bool {
        contents.entries.contains { String(decoding: $0.bytes, as: UTF8.self).hasPrefix("this is the payload") }
    }

    @Test func aDiskOfUDFAloneIsOpened() {
        let disk = Self.withoutISO(Self.disk(UniversalDiskSample.packed))
        #expect(ArchiveFormat.detect(disk) == .iso9660)
        let contents = Self.contents(disk)
        #expect(Set(contents.entries.compactMap(\.name)) == ["note.txt", "sub", "sub/payload.exe"])
        #expect(Self.payload(contents))
        #expect(contents.isComplete && contents.anomalies.isEmpty)
    }

    @Test func whatOnlyTheTreeOfUDFHasIsFound() {
        let whole = Self.contents(Self.disk(UniversalDiskSample.packed))
        #expect(whole.entries.filter { $0.kind == .file }.count == 2)
        #expect(whole.anomalies.isEmpty)
        let contents = Self.contents(Self.hidden(Self.disk(UniversalDiskSample.packed)))
        #expect(Self.payload(contents))
        #expect(contents.isAmbiguous)
    }

    @Test func aTreeThatCannotBeReadIsSaid() {
        var disk = Self.withoutISO(Self.disk(UniversalDiskSample.packed))
        // Without its anchor (ECMA-167, 3/10.2) and the copies of it at the end nothing is found.
        disk.replaceSubrange((256 * Self.sector)..<(257 * Self.sector), with: Self.empty)
        #expect(!Self.contents(Array(disk.prefix(280 * Self.sector))).problems.isEmpty)
        let cut = Self.contents(Array(Self.withoutISO(Self.disk(UniversalDiskSample.packed)).prefix(260 * Self.sector)))
        #expect(!cut.isComplete)
    }

    @Test func limitsHoldForTheTreeOfUDF() {
        let disk = Self.withoutISO(Self.disk(UniversalDiskSample.packed))
        func problems(_ limits: ArchiveLimits) -> [ArchiveProblem] {
            let contents = ArchiveReader(limits: limits).contents(of: disk, as: .iso9660)
            return contents.problems + contents.entries.compactMap(\.unread)
        }
        #expect(problems(ArchiveLimits(entries: 3)).isEmpty)
        #expect(problems(ArchiveLimits(entries: 2)) == [.overLimit(.entries)])
        #expect(problems(ArchiveLimits(bytesPerEntry: 44)).isEmpty)
        #expect(problems(ArchiveLimits(bytesPerEntry: 43)) == [.overLimit(.bytesPerEntry)])
        #expect(problems(ArchiveLimits(totalBytes: 58)).isEmpty)
        #expect(problems(ArchiveLimits(totalBytes: 57)).contains(.overLimit(.totalBytes)))
        #expect(problems(ArchiveLimits(nameBytes: 15)).isEmpty)
        #expect(problems(ArchiveLimits(nameBytes: 14)) == [.overLimit(.nameBytes)])
    }

    @Test func directoriesInOneAnotherAreBounded() {
        let contents = Self.contents(Self.withoutISO(Self.disk(Self.deep)))
        // The uppermost directory is one of them.
        #expect(ArchiveLimits.directoryDepth == 64)
        #expect(contents.entries.contains { $0.name?.hasSuffix("/63.txt") == true })
        #expect(!contents.entries.contains { $0.name?.hasSuffix("/64.txt") == true })
        #expect(contents.problems == [.overLimit(.entries)])
    }

    /// Descriptors are looked for in so many sectors; a disk with more of them is none that any system reads.
    @Test func descriptorsAreLookedForInSomeSectors() {
        func isFound(_ sector: Int) -> Bool {
            var disk = [UInt8](repeating: 0, count: (sector + 1) * Self.sector)
            disk.replaceSubrange((sector * Self.sector + 1)..<(sector * Self.sector + 6), with: "NSR02".utf8)
            return disk.withUnsafeBytes { UniversalDisk.isUniversal($0) }
        }
        #expect(isFound(15 + ArchiveLimits.diskDescriptors))
        #expect(!isFound(16 + ArchiveLimits.diskDescriptors))
    }

    @Test func bentAnywhereNothingCrashes() {
        let disk = Self.withoutISO(Self.disk(UniversalDiskSample.packed))
        let places = disk.indices.filter { disk[$0] != 0 }
        for place in stride(from: 0, to: places.count, by: 7).map({ places[$0] }) {
            for value: UInt8 in [0, 0xFF, disk[place] ^ 1] {
                var bent = disk
                bent[place] = value
                #expect(Self.contents(bent).entries.count < 100)
            }
        }
    }
}
