@testable import Inspection

extension FuzzTarget {
    static let cryptography = [
        FuzzTarget("cms", most: 8 << 10, seeds: ["pkcs7", "certificate"], CryptographyTargets.cms),
        FuzzTarget("pgp", most: 8 << 10, seeds: ["pgp"], CryptographyTargets.pgp),
    ]
}

private enum CryptographyTargets {
    static func cms(_ input: [UInt8], _ answer: inout Answer) throws {
        for isText in [false, true] {
            let message = CryptographicMessage.read(input, isText: isText, limit: 64 << 10)
            if case .signed(let content?) = message {
                try promise(
                    content.count <= max(64 << 10, input.count), "a signed content is no longer than its message")
            }
            answer.add(String(describing: message))
        }
        let reader = BERReader(input)
        for element in reader.elements(in: 0..<input.count) {
            try promise(element.content.upperBound <= input.count, "an element lies in its bytes")
            answer.add(element.content)
        }
    }

    static func pgp(_ input: [UInt8], _ answer: inout Answer) throws {
        answer.add(String(describing: OpenPGPPackets.kind(of: input)))
        answer.add(OpenPGPPackets.mayBe(input))
        answer.add(String(describing: OpenPGPArmor.find(in: input)))
    }
}
