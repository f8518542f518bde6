import Testing

@testable import Inspection

/// An address as it is written out again: read once more, it leads to the same place.
@Suite struct SerializedAddressTests {
    @Test(arguments: [
        ("HTTP://Evil.example:80/a/../b", "http://evil.example/b"),
        // What is escaped before the host must not look like the end of one.
        ("http://bank.example%2Flogin@evil.example/", "http://bank.example%2Flogin@evil.example/"),
        ("http://a%40b%25:%3f%23%5C%0a@evil.example/", "http://a%40b%25:%3F%23%5C%0A@evil.example/"),
        ("http://%65ve@evil.example/", "http://eve@evil.example/"),
        // A port or a user without a host.
        ("http:://evil.example/", "http://://evil.example/"),
        ("http://u@//evil.example/", "http://u@//evil.example/"),
        ("http://:80//evil.example/", "http://:80//evil.example/"),
    ])
    func anAddressIsWrittenOut(address: String, expected: String) throws {
        let read = try #require(WebAddress(Array(address.utf8)))
        #expect(String(decoding: read.serialized, as: UTF8.self) == expected)
        #expect(WebAddress(read.serialized) == read)
    }

    @Test func nothingStandsBesideAnAddressWithoutAHost() throws {
        let base = try #require(WebAddress(Array("http:?".utf8)))
        #expect(WebAddress(Array("page".utf8), base: base) == nil)
    }

    @Test(arguments: [("xy://host", "xy://host/page"), ("xy://", "xy:///page"), ("xy://host/a/b", "xy://host/a/page")])
    func aPageBesideAHostStandsBelowIt(base: String, expected: String) throws {
        let base = try #require(WebAddress(Array(base.utf8)))
        let page = try #require(WebAddress(Array("page".utf8), base: base))
        #expect(String(decoding: page.serialized, as: UTF8.self) == expected)
        #expect(page.host == base.host)
    }
}
