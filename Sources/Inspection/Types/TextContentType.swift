import Vocabulary

/// What a text is: by signs in its first lines, then by what its name or declaration suggests, then by libmagic.
///
/// Text runs, or is shown as a page, by its extension: the same bytes are a note as `.txt` and a program as `.bat`.
/// So here, and only here, the name decides between kinds.
enum TextContentType {
    /// The names of the types; never empty.
    ///
    /// - Parameter magicName: asks libmagic, which takes long: only where nothing else tells.
    static func names(
        _ bytes: UnsafeRawBufferPointer, hint: TypeHint, magicName: () -> String? = { nil }
    ) -> [String] {
        let head = Head(bytes)
        var names: [String] = []
        for (sign, name) in openings where head.begins(with: sign) { names.append(name) }
        if let name = markup(head, hint) { names.append(name) }
        if names.isEmpty, isMail(head, hint, magicName) { names.append("eml") }
        let suggested = hint.types(under: .text).map(\.name).filter { $0 != "mhtml" }
        if names.isEmpty { names += suggested.isEmpty ? [guess(hint, magicName) ?? "plain"] : suggested }
        // What runs by its name runs whatever its first line says.
        if let type = suggested.first(where: { FileType.named($0)?.isUnder(.script) ?? false }) { names.append(type) }
        return names
    }

    /// libmagic's guesses at programming languages rest on a word or two; mail bodies often have them.
    private static func guess(_ hint: TypeHint, _ magicName: () -> String?) -> String? {
        guard !hint.isShown, let name = magicName(), !weakGuesses.contains(name) else { return nil }
        return name
    }

    /// What bytes that are no clean text are all the same to whoever opens them: browsers and script hosts pass over a
    /// zero byte. Empty if nothing says so.
    static func tolerantNames(_ bytes: UnsafeRawBufferPointer, hint: TypeHint) -> [String] {
        if TextCharset.wide(Array(bytes.prefix(FileTypingLimits.textBytes))[...]) != nil {
            return names(bytes, hint: hint)
        }
        let suggested = hint.types(under: .text)
        let page = suggested.isEmpty ? nil : markup(Head(bytes), hint)
        return [page].compactMap { $0 } + suggested.filter { $0.isUnder(.script) }.map(\.name)
    }

    /// Openings that decide, in lower case.
    private static let openings: [(sign: StaticString, name: String)] = [
        ("begin:vcalendar", "calendar"), ("begin:vcard", "vcard"), ("windows registry editor", "reg"),
        ("regedit4", "reg"), ("[internetshortcut]", "url-shortcut"), ("[{000214a0", "url-shortcut"),
        ("[desktop entry]", "desktop-entry"), ("id;p", "slk"), ("web\n1\n", "iqy"),
        ("<?php", "php"), ("#@~^", "vbe"), ("-----begin pgp message", "pgp-message"),
        ("-----begin pgp public key", "pgp-key"), ("-----begin pgp private key", "pgp-key"),
        ("-----begin pgp signature", "pgp-signature"), ("-----begin certificate", "x509"),
        ("-----begin new certificate request", "certificate"), ("-----begin pkcs7", "pkcs7"),
        ("-----begin cms", "pkcs7"), ("-----begin x509 crl", "certificate"),
        ("-----begin rsa private key", "private-key"), ("-----begin private key", "private-key"),
        ("-----begin encrypted private key", "private-key"), ("-----begin ec private key", "private-key"),
        ("-----begin openssh private key", "private-key"), ("%!ps", "postscript"), ("@echo off", "bat"),
        ("#!/bin/sh", "sh"), ("#!/bin/bash", "sh"), ("#!/usr/bin/env bash", "sh"), ("#!/usr/bin/env python", "python"),
        ("#!/usr/bin/python", "python"), ("#!/usr/bin/perl", "perl"), ("#!/usr/bin/env perl", "perl"), ("#!", "script"),
    ]

    private static let weakGuesses: Set<String> = [
        "source", "text", "js", "perl", "python", "ruby", "lua", "tcl", "csv",
    ]

    private static func markup(_ head: Head, _ hint: TypeHint) -> String? {
        if head.begins(with: "<?xml") || head.begins(with: "<pkg:package") || head.begins(with: "<svg") {
            if head.contains("progid=\"word.document\"") || head.contains("<w:worddocument") { return "word-xml" }
            if head.contains("progid=\"excel.sheet\"") { return "excel-xml" }
            if head.contains("http://schemas.microsoft.com/office/2006/xmlpackage") { return "word-xml" }
            if head.contains("<svg") { return "svg" }
            if head.contains("asmv1:assembly") && head.contains("<deployment") { return "clickonce" }
            if !head.contains("<html") { return hint.types(under: .xml).first?.name ?? "xml" }
        }
        // Browsers look for these tags in the first bytes of anything called text (WHATWG MIME Sniffing, 7.1); a
        // letter that merely quotes a tag later on is not a page.
        for tag in pageTags where head.begins(with: tag) {
            return head.contains("<hta:application") ? "hta" : "html"
        }
        return nil
    }

    private static let pageTags: [StaticString] = [
        "<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a ", "<a>",
        "<style", "<title", "<b>", "<body", "<br", "<p>", "<p ", "<span", "<center", "<meta", "<img", "<hta:",
    ]

    /// A message starts with header fields of which at least two are ones that every mail has.
    private static func isMail(_ head: Head, _ hint: TypeHint, _ magicName: () -> String?) -> Bool {
        var known: Set<String> = []
        var lines = 0
        let blanks: [UInt8] = [0x20, 0x09]
        for line in head.bytes.split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: false).prefix(200) {
            guard let first = line.first else { break }
            if lines > 0, blanks.contains(first) { continue }
            // The line that starts a mail in a store; its time of day has colons, too.
            if lines == 0, line.starts(with: Array("from ".utf8)) { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon != line.startIndex else { break }
            let name = line[..<colon]
            guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { break }
            lines += 1
            let text = String(decoding: name, as: UTF8.self)
            if mailFields.contains(text) { known.insert(text) }
        }
        // A web page saved with its pictures has these two alone, and Word opens one under the name of a document.
        if known.contains("mime-version"), known.contains("content-type") { return true }
        if known.count >= 3 || (known.count == 2 && known.contains("received")) { return true }
        return !known.isEmpty
            && (hint.hasExtension("eml", "mht", "mhtml") || !hint.types(under: .eml).isEmpty || magicName() == "eml")
    }

    private static let mailFields: Set<String> = [
        "from", "to", "subject", "date", "message-id", "received", "return-path", "mime-version", "content-type", "cc",
        "reply-to", "delivered-to", "x-mailer", "sender", "in-reply-to", "references", "dkim-signature",
    ]

    /// The first bytes as text in UTF-8, ASCII letters in lower case, without mark of byte order, leading blanks and
    /// carriage returns. Bytes, because a sign is one whatever stands behind it: to Swift a mark that joins what is before
    /// it makes another character of that.
    private struct Head {
        let bytes: [UInt8]

        init(_ content: UnsafeRawBufferPointer) {
            let prefix = Array(content.prefix(FileTypingLimits.textBytes))
            let decoded: [UInt8]
            if prefix.starts(with: [0xFF, 0xFE]) {
                decoded = Self.utf16(prefix.dropFirst(2), low: 0)
            } else if prefix.starts(with: [0xFE, 0xFF]) {
                decoded = Self.utf16(prefix.dropFirst(2), low: 1)
            } else if let wide = TextCharset.wide(prefix[...]) {
                decoded = Self.utf16(prefix[...], low: wide == "utf-16le" ? 0 : 1)
            } else {
                decoded = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(prefix.dropFirst(3)) : prefix
            }
            // Blanks as browsers pass over them (WHATWG MIME Sniffing, 7.1).
            let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0C, 0x0D]
            bytes = decoded.drop { blanks.contains($0) }.compactMap { byte in
                byte == 0x0D ? nil : byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            }
        }

        func begins(with sign: StaticString) -> Bool { stands(sign, at: 0) }

        func contains(_ sign: StaticString) -> Bool {
            bytes.indices.contains { bytes[$0] == sign.utf8Start.pointee && stands(sign, at: $0) }
        }

        private func stands(_ sign: StaticString, at place: Int) -> Bool {
            let sign = UnsafeBufferPointer(start: sign.utf8Start, count: sign.utf8CodeUnitCount)
            return bytes.count - place >= sign.count && sign.indices.allSatisfy { bytes[place + $0] == sign[$0] }
        }

        private static func utf16(_ bytes: ArraySlice<UInt8>, low: Int) -> [UInt8] {
            var units: [UInt16] = []
            var index = bytes.startIndex
            while index + 1 < bytes.endIndex {
                units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8)
                index += 2
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        }
    }
}
