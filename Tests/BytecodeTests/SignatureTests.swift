import Bytecode
import Cryptography
import Testing

@Suite struct SignatureTests {
    private func fault(of bytes: [UInt8]) -> BundleFault? {
        do throws(BundleFault) {
            _ = try Bundle.read(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func aSignedBundleNamesItsSignerAndIsTheSameProgram() throws {
        let bytes = try SamplePolicy.bundle()
        let key = try SigningKey()
        let signed = try Bundle.sign(bytes, with: key)
        #expect(try Bundle.signature(of: signed)?.key == key.verifying)
        #expect(try Bundle.signature(of: signed)?.keyID == key.verifying.id)
        #expect(try Bundle.signature(of: bytes) == nil)
        #expect(try Bundle.write(Bundle.read(signed)) == bytes)
        #expect(try Bundle.unsigned(signed) == bytes)
        #expect(try Bundle.unsigned(bytes) == bytes)
        #expect(try Bundle.digest(of: signed) == Bundle.digest(of: bytes))
        #expect(try Bundle.sign(bytes, with: key) == signed)
    }

    @Test func anotherSignatureTakesTheFirstOnesPlace() throws {
        let bytes = try SamplePolicy.bundle()
        let (first, second) = (try SigningKey(), try SigningKey())
        let twice = try Bundle.sign(Bundle.sign(bytes, with: first), with: second)
        #expect(try Bundle.signature(of: twice)?.key == second.verifying)
        #expect(try twice == Bundle.sign(bytes, with: second))
    }

    @Test func everyByteOfASignatureCounts() throws {
        let signed = try Bundle.sign(SamplePolicy.bundle(), with: SigningKey())
        for index in signed.indices.suffix(97) {
            for bit in 0..<8 {
                var changed = signed
                changed[index] ^= 1 << UInt8(bit)
                #expect(fault(of: changed)?.cause == .digest)
                let resealed = Bundle.resealed(changed)
                #expect([.signature, .value].contains(fault(of: resealed)?.cause))
                #expect(throws: BundleFault.self) { try Bundle.signature(of: resealed) }
            }
        }
    }

    /// Digests that somebody computed anew do not help them: the signature is over all of them.
    @Test func noByteOfTheProgramCanBeChangedUnderASignature() throws {
        let signed = try Bundle.sign(SamplePolicy.bundle(), with: SigningKey())
        for index in stride(from: 0, to: signed.count, by: 7) {
            var changed = signed
            changed[index] ^= 0x10
            let resealed = Bundle.resealed(changed)
            // What sealing anew puts right again, a digest, is no change.
            if resealed != signed { #expect(fault(of: resealed) != nil, "\(index)") }
        }
    }

    @Test func aSignatureFromAnotherBundleIsRefused() throws {
        let signed = try Bundle.sign(SamplePolicy.bundle(), with: SigningKey())
        var other = try Bundle.sign(SamplePolicy.bundle(of: "policy other { edition 1 }\n"), with: SigningKey())
        other.replaceSubrange(other.count - 97..<other.count, with: signed.suffix(97))
        #expect(
            fault(of: Bundle.resealed(other)) == BundleFault(.signature, "its signature is not one over these bytes"))
    }

    @Test func aSignatureOfAnotherLengthIsRefused() throws {
        let signed = try Bundle.sign(SamplePolicy.bundle(), with: SigningKey())
        for (length, bytes) in [(96, signed.dropLast()), (98, signed + [0])] {
            var changed = Array(bytes)
            changed[16 + 11 * 40 + 4] = UInt8(length)
            #expect(fault(of: Bundle.resealed(changed))?.reason == "section signature: it does not have 97 bytes")
        }
    }

    @Test func nothingFollowsASignature() throws {
        var signed = try Bundle.sign(SamplePolicy.bundle(), with: SigningKey())
        // The last two entries of the table change places.
        let (first, second) = (16 + 10 * 40, 16 + 11 * 40)
        let entries = Array(signed[first..<second])
        signed.replaceSubrange(first..<second, with: signed[second..<second + 40])
        signed.replaceSubrange(second..<second + 40, with: entries)
        #expect(fault(of: Bundle.resealed(signed))?.reason == "a section follows the signature")
    }
}
