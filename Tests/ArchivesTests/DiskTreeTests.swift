import Archives
import Testing

/// Optical disks made by genisoimage for these tests, in gzip and base64: a harmless text, and a payload that one of the
/// trees leaves out, or none.
@Suite struct DiskTreeTests {
    private static let withoutRockRidge =
        """
        H4sIAAAAAAACA+3db2/bRBzA8Z8rIbqC4MmYptFuB2LSJoHrpCgl4pFxLslt/ifbmdJHU0SDUqmhUxuJ9Qmij4D3sdfBO6p4CXC2
        E412dNHENKbs+3GcO59/Pp+Tk652KlsEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA4Qcfz
        Go6EJh4M1dWCTpZEL1m/qO+zC8lL9mtf5Szr67JRF21cf776Rvn2uWzWS5uyXibr8vMHNz/59K6sLbZX+F/1dGzyxER+TyubUe1W
        y9vud3PVNaHO9/JCRyrItF8kmboX3FeNdntHaXcvGcS9jh/qReHuV03Pa6kHbqr9LE/i7QduHvRNaHtlr4opV5cxu2VHfGgKVWg/
        euOH2/SarUaj+XWz0dzd2fU8eaHAu+TFCDrtu45BB2+Ntfn4L6EYiWUgQ1H/OgXSkUwSia5Yf2n8v7utX3n8v/l89a16/N+ql7au
        Gv+vaAvTm5p6om2vMZLbnmFs3/CrEjUvUdKWlp08eSx96doyZd+N7Wva5vfsXNhcVPWuzOZ8u5zYnJJ7tuS+TRu2hrbs2JwW126R
        2B4a2310bGxY7Wn59PqCGP/B+I8V8tdi/AcAAAAAACvLqX5j5/wfAAAAAIDVPv+X8v/ruQAAAAAAAMBKn/9vCb//AwAAAACw6uf/
        Ut5fhwsAAAAAAACssN+W3mM/T993/vhTsuw95ywdfuGc+2Wcf75Wb7d2ucaie8v5aF7JxSTQm87tOuj2Ivp8nvywrB3Oa2iA/CJ3
        6pg71+r02mJNvZcPM+13Iu0Ww+LbRnXIv8fRx44cj0f707E7ezorG/DsrIw/eza/aOK8QgMAAHgrLL/H/tII55vF7f+VW6fuxVH1
        hjyRkZzKoRzZdF9cGctTO7eWjMbX5dhGlVtMberKzG414ysDAOA/09m5s1H8as+uTfq40W43/KKvVZYED1VmOuVj3eJCZ0Hfj20+
        zZIiCZKwzDwyHZ2rfJCmSVaobpKpNMnNsHrym5o/+i3XkR8XJsjTUPu5VkESF35QqI7JA5UOvgtN3tdZtXGe6sB0TeAXJolVngyy
        QLvK1qD/EWh3aavrmjIb20aYyM/21KMkHERa2eYE9iDKR82VFS72ZWK7FFXVunzdAABUJqPj6eH45GSDjwIAgHfGbHJwouxrNhmr
        J6PTw6PR/pfqp8nB9xP145Eqf/ceH6vp6FRND/gjAQCAFfE3JWA8egAIAQA=
        """
    private static let withoutJoliet =
        """
        H4sIAAAAAAACA+3db2vbRhzA8Z8CY2n290FXSpe0t7FCC5siO8PB9JEmne1r9Q9JLvajYhYXB+p1JIalT8ayJ9veR1/H3lHYS9hO
        lk2XdGlWVtrhfj9n+U53p7uzc3BIDpIIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABwgtDz
        Go5EJukP1PmCME/jF5Qv2/vsVPSCfu2r2mR9XTbqrI3Lz4qvVG+fy2a9tynrVbQuP7539ZNPb8ra8niFN6qrE1OkJva7WtmEarda
        3navU6iOiXQxLEodqyDXfpnm6lZwWzXa7R2l3WHaT7qhH+ll5u5XTc9rqbtupv28SJPtu24R9ExkZ2V3XqcqrursVhPxnilVqf34
        tX/cptdsNRrNr5uN5u7OrufJcxneGc/XYNK+7Vh08L+xtlj/JRIjifRlIOofQyCh5JJKfE75mfX/5rZ+6fX/6rPia/X6v1XvbZ23
        /p8zFsLrCl3RdtYYKezMMHZu+PMctchR0paWDZ48kJ50bJ6y78bONW3TQ7uVNhXPZ1duU77dT21KyS2bc9vGDdtCW3ZsSotrj0jt
        DE1sH6GtG817uji8ukqs/2D9xwr5c7n+AwAAAACAleXMf2Pn/B8AAAAAgNU+/5fq/+u5AAAAAAAAwEqf/28Jv/8DAAAAALDq5/9S
        3V+HCwAAAAAAAKywXy+8x36Rvev8/ofk+TvOcTb4wjnxq3r+yVp93NrZFsvONefDRSOno0BvOtfrSteXtU8W0cOLxuG8ggHIz3Kj
        rnPDrWN3WVL38kHmD6PUD1090HcaVY+/JfHHjnw/evLo8WjPHR+NqxE8Pa4OOH66uGrivMQIflreKlldquNLp0fwfq79MNZuOSjv
        NGQxgo8cORiP9qZjd3Y0+48DAABA/s099i+s4bQuWNMuy4GMZSR7MrWxKzM5shsAAHhTdH7ibJS/2LNrkz1otNsNv+xplafBPZWb
        sHqsW1LqPOj5iU1neVqmQRpVifsm1IUq+lmW5qXqpLnK0sIM5k9+U4tHvxU69pPSBEUWab/QKkiT0g9KFZoiUFn/m8gUPZ3PDy4y
        HZiOCfzSpIkq0n4eaFfZFvTfKtoubXMdUyUTOwgT+/lQ3U+jfqyVHU5gP0T1qLmqwWVfJrF78bxZlz83AABzs8n+obKv2WSsFle5
        v1Q/TPa/najvHqvqqvP4QE1HT9R0//Bwg+8LAIBVMBkdTB+NWdoBAHib/AXPrczBAAgBAA==
        """
    private static let same =
        """
        H4sIAAAAAAACA+3d22vbVhzA8Z8CY2l2fehK6ZL2bKzQQqdIznBm+qTJx/FpdUOSi/1UzOLhQLyUxLDkZSx72fZ/9O/YfxT2J2xH
        vtAlXeqVlm64348sn6Nzd3zgIDlIIgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwAmbnuc7
        Epmk01WXC5t5Gr8gf97eZ+eCF/RrX9Uuq6uyNk1au/os+1r19rmsT4/WZbUKVuXH965/8ultWZnXV/hP7ejEFKmJgx2tbEQ16nVv
        s90qVMtEuugVpY5VmOugTHN1J7yr/EZjS2m3l3aSnWYQ6Xni9pc1z6urB26mg7xIk80HbhG2TWRn5c6kTJVdldmuJuJDU6pSB/Eb
        /7g1r1b3/dpXNb+2vbXtefJcgnfB8yWYtG87Fh38b6zM1n+JxEgiHemK+sctlKbkkkp8Sf6F9f/2pn7p9f/6s+wb0/V/Y3q0cdn6
        f8lY2N7UtiPazhojhZ0Zxs6NYJKiZilKGlK3myePpS0tm6bsu7FzTdt4z+6ljcWT2ZXbWGCPUxtTcsem3LWhb1toyJaNaXFtjdTO
        0MT20bRlo0lPi7fXV4j1H6z/WCJ/ztd/AAAAAACwtJzJb+yc/wMAAAAAsNzn/1L9fz0XAAAAAAAAWOrz/w3h938AAAAAAJb9/F+q
        ++twAQAAAAAAgCX268J77BfZu87vf0iev+OcZt0vnLOgKhecrUzrrVxssWzdcD6cNXI+CPW6c3Na6Oa89Nks+G7ROJzXMAD5WW5N
        y9xyp6E7z5n28kEW9KI0aLq6q+/7VY+/JfHHjjzpn+wf9HfdwfGgGsHT06rC6dPZVRPnJUbw0/xWyerKNLxyfgTv5zpoxtotu+V9
        X2Yj+MiRw0F/dzRwx8fjVxwAAADyb+6xv7CE8/WCVfWaPJG+nMi+HNhwV1wZyLHd6wvWwqtyaEtVNUY2dGVsa435ygAAeGU6P3PW
        yl/s2bXJHvuNhh+Uba3yNHyoctOsHuuWlDoP20Fi41melmmYRlXkkWnqQhWdLEvzUrXSXGVpYbqTJ7+p2aPfCh0HSWnCIot0UGgV
        pkkZhKVqmiJUWeebyBRtnU8qF5kOTcuEQWnSRBVpJw+1q2wL+m8FbZe2uZapookdhImDvKcepVEn1soOJ7QfonrUXNXgvC+T2KN4
        0qzL1w0AwMR4uHek7Gs8HKjZVe576ofh3rdD9f2Bqq46Dw7VqH+iRntHR2v8vQAAWAbD/uFof8DSDgDA2+QvULe8+QAIAQA=
        """

    private static func contents(_ base64: String) -> ArchiveContents {
        let packed = SampleArchives.decoded(base64)
        let disk = ArchiveReader().contents(of: packed, as: .gzip).entries.first?.bytes ?? []
        return ArchiveReader().contents(of: disk, as: .iso9660)
    }

    private static func holdsPayload(_ contents: ArchiveContents) -> Bool {
        contents.entries.contains { String(decoding: $0.bytes, as: UTF8.self).hasPrefix("this is the payload") }
    }

    @Test(arguments: [withoutRockRidge, withoutJoliet]) func whatOneTreeLacksIsFoundInTheOther(base64: String) {
        let contents = Self.contents(base64)
        #expect(Self.holdsPayload(contents), "\(contents.entries.map(\.name))")
        #expect(contents.anomalies.map(\.name) == ["iso-several-trees"])
        #expect(contents.isAmbiguous)
    }

    @Test func treesThatAgreeAreReadOnce() {
        let contents = Self.contents(Self.same)
        #expect(Self.holdsPayload(contents))
        #expect(contents.entries.filter { $0.kind == .file }.count == 2)
        #expect(contents.anomalies.isEmpty)
    }

    @Test func theTreesShareTheLimits() {
        let packed = SampleArchives.decoded(Self.same)
        let disk = ArchiveReader().contents(of: packed, as: .gzip).entries.first?.bytes ?? []
        let contents = ArchiveReader(limits: ArchiveLimits(totalBytes: 60)).contents(of: disk, as: .iso9660)
        #expect(contents.problems.contains(.overLimit(.totalBytes)))
    }
}
