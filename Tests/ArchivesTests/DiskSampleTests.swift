import Testing

@testable import Archives

/// Disks written by other people's tools for these tests, in xz and base64.
@Suite struct DiskSampleTests {
    /// A floppy of 1.44 MB by mkfs.fat and mtools.
    private static let floppy =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM9n//AmxdAHWPDgbTdHlS2l6ajdwJ0MsLeetT4ueLpyzP7vuy/pXpgp8sH2grLkaOz3xkr10LSUq7icS7
        6MhPguJdsG/u7cGzZEgJK1eZPItjNwgUzkxl/7cGgC1Bjznqd37eAuIQ0is+q3ynvOy3PNOiVPq6LmBSrOcEcwqQs7uyWP7Bz5rNnVW5vLSLbQ6g
        f8n8l7KjZwHHzUw2bhioVEkVgFee1C7iwfbgrd/JRhZwBrsOy04twRvzEe5F0MdeHXEK3Pp8TEP7Geipq0+L8/f+c4w0WRK1hdNE4k11dnvu2pwE
        XLLXtX084Lu423VN35cq5AC5t60d8Pd94bPYFEfd9+S/WnhZQi8t383s0KtI4msDIQzjDcyiYCnTATT+aFvoofZjQFUObtA4QxJV9dM/32kloZJj
        mOnJ1ZAxBwh0AHmF1dUIquQq/dM4YgOKLePbPs4O/VqgFgm1je/yCWK1qr2dH/jV5HGTCOUDgiLkCm2pJZzDqiSZAA0Q8qHEHpClLK8R+53GQca+
        Zm6IC6XVBSQQ8grrvJrUrcx4/2rAa9m/CgHSi+6hALLPOAjFQCj/Y35rSpkYTCuV+Uf6TudS4pIGVhmeRJ7i0uRG9lTwiHUsMNvCUFSRIpcGA1/J
        cDsUwDI3mKUVAaXoowkq7Kr/WiascgwWkqe+OY8k4XCepyNf7CjLhdGVmIp+KpHyJ3X3GcAGmE2Y/div1ZAPxCVT+PWRNjEFpbDub8FwTUcM0ZER
        qq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxDUWqRoAAA98akypXxe3AAGIBYCAWgB91W61
        scRn+wIAAAAABFla
        """
    /// A disk with an MBR and FAT in a virtual disk that grows, by sfdisk, mkfs.fat, mtools and qemu-img.
    private static let virtual =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM//8pA0ZdADGbyhhwtKQNMv7aRZAwbrvMbbwfsRvTyoxXMgNhFQQUcgzmGZETQCxF7io7eUse+J2n1N1j
        fI73gfeCflFA+Y/f1D+r+jpJ8VX78RqNyDXkeGp69ePGZcaGzrHutE0y6EJoMNsLtYGa1jQIS1dyyNt0FLSV/sztLMB6cFO9DOcNLK+J4LpAF7wJ
        nVWBaHy8LaTuint8rILKLUhc+o9spz6SQiOwI/GAra7RJAOEJr4pinNSzLEUiFsb9yGPS4dbszx0o+TQqrrHSD+008QLitw7SbstJCwABrPjFZJH
        ElgHAYQxuEUijHe/VZgsaTixHUqpkQQMeQZm7+pmUU0KxzM/v87w0tpkxXFKI+nkcAyY9VNWAvqsmQ+sIDRKl/dSKLNsEAEvhKFlbFbKPRFwLKh6
        BgDgmr9iANiCuicZuFKgSCR1UJKSRfeHSUr2Xehi7FE6WbiKbGKxtyiA50+xIV7uferUncD1UmBL22+kzrRT2x4DWpkAwVU9R7VRrxlxT68c4Ha3
        WXJ3crslVmBFzh1MUy4BWJwqK5AkUMBUApQKNcFS8ZRHzDpg832wUo9dFt54lFp22GesGbdEWMmT8lnEXgxC1VFmpO5sMFBYsGFDnHnfN+gOXlOs
        DT539CmVZS78sbCGQ+q8H5Rc5nXLBNtgPfnzh0gz+7YD+gIrVfmq59QBa/+Fj5FR3mmprofvkQ+uIP7NI3ZKzNMUpEnYMFICpRo45q76Kb0E4f/D
        bRqMQ9rNmWJJQocUIW7R1XrzPhRTYnasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN
        /5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL5
        3VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1HDNGREaqt
        YB26zrEnGFxZhulmUli+6XasWeTlWwUI+bXx/3KADNUADADSyqehIyS8ODOX78AAWggsSjOv/QkAAfQGgJiAAdyNy5CxxGf7AgAAAAAEWVo=
        """

    @Test(arguments: [(floppy, ArchiveFormat.img), (virtual, .vhd)])
    func disksOfOtherToolsAreRead(base64: String, format: ArchiveFormat) {
        let packed = SampleArchives.decoded(base64)
        let disk = ArchiveReader().contents(of: packed, as: .xz).entries.first?.bytes ?? []
        #expect(ArchiveFormat.all(in: disk) == [format])
        let contents = ArchiveReader().contents(of: disk, as: format)
        let files = contents.entries.filter { $0.kind == .file }
        #expect(files.compactMap(\.name) == ["payload.exe", "sub/a long name of a note.txt"])
        #expect(
            files.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "MZ this is the payload of the disk", "hello note\n",
            ])
        #expect(contents.isComplete && contents.anomalies.isEmpty)
    }
}
