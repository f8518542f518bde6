import Inspection
import Testing
import Vocabulary

/// Passwords of a PDF: the owner's keeps nobody from reading it, the user's does. Made by qpdf, with a page and an
/// attachment.
@Suite struct PortablePasswordTests {
    private static let ownersOf128Bits = """
        JVBERi0xLjUKJb/3ov4KMSAwIG9iago8PCAvTmFtZXMgPDwgL0VtYmVkZGVkRmlsZXMgMyAwIFIgPj4gL1BhZ2VNb2RlIC9Vc2VB
        dHRhY2htZW50cyAvUGFnZXMgNCAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL09ialN0bSAv
        TGVuZ3RoIDIxMyAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTiA1IC9GaXJzdCAyNiA+PgpzdHJlYW0KZRo9Tnd9rhux/RwGowysDvsm
        HeXa7wR5LXg3AePGzC8K7oXpgTI31H3aZ9VzWRghjcentCdzFY7aSBGGEyNmFfQAu7fsBcjM7+xI4Y4ezP1T1Zcrqp93lga2m4fP
        JvEmpPGwyFlJaXyRXmKZXCXuzZH/s13L6U1yr6NpTliOpkiqvdYLDNxqDreH7QrB5L7lGIXA9LfUhQAb99rGhrveLYDeIF/yh52G
        8eWhWRIdYuR+FGB/eWEhgelgzLOYKha9agdPSsyDU7ocQi3A5tr4FXDlWxjGZW5kc3RyZWFtCmVuZG9iago4IDAgb2JqCjw8IC9G
        aWx0ZXIgL0ZsYXRlRGVjb2RlIC9QYXJhbXMgPDwgL0NoZWNrU3VtIDwyYzUwNmM2Y2YyOTg5NGEzYzEyODZlNGZlZGRmMzFjZT4g
        L0NyZWF0aW9uRGF0ZSA8YjQyNDIyYjg3OTRhMTg2ZjZlNWUwOWRmNzZjMThkY2FlZD4gL01vZERhdGUgPGI0MjQyMmI4Nzk0YTE4
        NmY2ZTVlMDlkZjc2YzE4ZGNhZWQ+IC9TaXplIDI5ID4+IC9UeXBlIC9FbWJlZGRlZEZpbGUgL0xlbmd0aCAzNSA+PgpzdHJlYW0K
        iII7QQMpABbyo/CgCqB1teRngHCc2eaNGdQZjFUREzim1KdlbmRzdHJlYW0KZW5kb2JqCjkgMCBvYmoKPDwgL0ZpbHRlciAvRmxh
        dGVEZWNvZGUgL0xlbmd0aCA1MyA+PgpzdHJlYW0KSd18i+2BJ7/6YQX3Z2L2pkES5UPn0iQDefxDYvlw2olwCjb48uYcFW5k8dgO
        YhBWDFR/BEplbmRzdHJlYW0KZW5kb2JqCjEwIDAgb2JqCjw8IC9GaWx0ZXIgL1N0YW5kYXJkIC9MZW5ndGggMTI4IC9PIDw1NjZm
        YTg3M2VlMzNjNzk3Y2QzYjkwNGZkYWRmODE0YWZhMzRkZjlhMzhmNmVkNDFiOTg0ZTJjNmRhMmFhNmY1PiAvUCAtNCAvUiAzIC9V
        IDxlOGY3OTZmNmE0ODMxOGZiZDAwMzMwMjc4NGU4ZmRiZTAxMjI0NTZhOTFiYWU1MTM0MjczYTZkYjEzNGM4N2M0PiAvViAyID4+
        CmVuZG9iagoxMSAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDQ0IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJt
        cyA8PCAvQ29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDEgMCBSIC9TaXplIDEyIC9JRCBbPDZm
        NmM4MGQyOTZhMmFmZjZhMzBiYzkzNDA2OWM5NjRmPjwzMTQxNTkyNjUzNTg5NzkzMjM4NDYyNjQzMzgzMjc5NT5dIC9FbmNyeXB0
        IDEwIDAgUiA+PgpzdHJlYW0KeJxjYgACJkYGfgYmBoZcEKsNxGJgRCf+M27+w8TAqASUZawGERcYAGZ2BUAKZW5kc3RyZWFtCmVu
        ZG9iagpzdGFydHhyZWYKMTA1OAolJUVPRgo=
        """

    private static let ownersOf256Bits = """
        JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5z
        aW9uTGV2ZWwgOCA+PiA+PiAvTmFtZXMgPDwgL0VtYmVkZGVkRmlsZXMgMyAwIFIgPj4gL1BhZ2VNb2RlIC9Vc2VBdHRhY2htZW50
        cyAvUGFnZXMgNCAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL09ialN0bSAvTGVuZ3RoIDI0
        MCAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTiA1IC9GaXJzdCAyNiA+PgpzdHJlYW0Kq2Eart8B4RSBeREqiAZfPqoM2dOHoVYyAFFz
        q8iANtsZbtpa+5q0Rg9wbkIk/z69BDrsOsqOHllA1cAx30BSk+TD16UhZHJVYUsjzMjX7t9lx+Cp++A00C/alPI8S875YiDM4mW5
        xcHPNw2Sfgiarp8J1jETXQFDTECt3zLKgWlMQKwvoqvtrEK6i/pgtQTyxTkOXpzStalN709+wMdLBMI6ExIf9rQ3S/LYjU87EZiY
        9gq4dn3FCr1CbDBp90dom5gsMY0XMcgbKD/gsOHVlWBCPblb4io0RBPv9fMq94k4VXcmhItpiqbI4WAooqwDZW5kc3RyZWFtCmVu
        ZG9iago4IDAgb2JqCjw8IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9QYXJhbXMgPDwgL0NoZWNrU3VtIDwyY2I4YTJjNzk2ZjVhZTli
        YmUxMzRmY2Q3MDE1OWMwODliY2Q0MzM1MmZhNmZmMDMzYTdjNjkxNzUzMjRjNTQ4ZTVmMDc5YjZkNTRmNTRmZmFiOGQ5NmQ2YzE0
        ZmRkNDM+IC9DcmVhdGlvbkRhdGUgPGI5MzE1MTJhZWViODgwZDEwM2VmN2E3NTAxZGUzZTE4MjY2M2Y5YjhkYmIxNTQwMTM4NWI4
        NDY5ZWY1N2YzMmEwMGYxZWQ4M2E1OTdhMmI3Y2ZjMjBiMWI3NGY5NWQ0ND4gL01vZERhdGUgPGUyMzg4MTVlMTIwY2JjMmViYzIz
        MmFkZjM1OWNhMjQ2MmM5YmFhMmZjYzU0NGQzYjI5NTVhNzUxNTI4OTBjZjVhYzIxOWEyYzA4MTUwZTU1MDc2ZjRmNmQ4OGUyZDM3
        Mj4gL1NpemUgMjkgPj4gL1R5cGUgL0VtYmVkZGVkRmlsZSAvTGVuZ3RoIDY0ID4+CnN0cmVhbQqVRJdm9uFjaGsWMyi4uWCEcFz0
        pJmQTYWSaAbgRNAKITJmuef+Ky24eDI9LjwoFaZy3klZqmSAtU2xm/DUS8veZW5kc3RyZWFtCmVuZG9iago5IDAgb2JqCjw8IC9G
        aWx0ZXIgL0ZsYXRlRGVjb2RlIC9MZW5ndGggODAgPj4Kc3RyZWFtCmobu8rNSH15WE+YZ+BaMIPtwGjptc+qNEVYyYrgUfQr30lB
        iHwDABFgxy4p7/SGafUPqrPJ0S/aZqH6AT06MqqV85lGfbdDjEimMoYVqz6bZW5kc3RyZWFtCmVuZG9iagoxMCAwIG9iago8PCAv
        Q0YgPDwgL1N0ZENGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVTVjMgL0xlbmd0aCAzMiA+PiA+PiAvRmlsdGVyIC9T
        dGFuZGFyZCAvTGVuZ3RoIDI1NiAvTyA8N2JlNjNhYmI4ZDhhZGVlZWI1NDM1ZGU0OTU0MGU1ZmNhYjU1NWMxMmQ1MjUxMzQ0NDZi
        NDg0MzY5ZmQwOWQwNzgyYTRiZWMxYzAyODEyYzlmY2Y1ZThhNjI2Yjk4ZDFmPiAvT0UgPDU0NTAwMGM0Mjk5NmZiMzgzOWE0NDMz
        MDQ5M2E0N2MzY2U3MWUzYjVmYWE5MjAyZDIxZDE2YjFjNThjNDMwN2M+IC9QIC00IC9QZXJtcyA8YmRkMjBmNzlkNmQwYjc0OTQ1
        M2E4MGZjN2RkYjNkZjg+IC9SIDYgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8YzZiNmIxNDQ5ZjJlMTMyNGI4NTlkYmQx
        ZmQzODQ4OWU5YWM4NWIxNWJmYzUzNTZlZTM1NmQwNjEyNWI4N2QyZjAzMDNmMzQ5MjBiMDFjODg5OTlmYzAyZjRhMzRiMGUwPiAv
        VUUgPDhkZDI0MGFkM2NiYmNiZmZmMDBjNmJjYWM4MzM2OWFhYmM0MzAzNjFlZjQ1ZGZjYzEyMmI5NmE2NDhlYzBkYjA+IC9WIDUg
        Pj4KZW5kb2JqCjExIDAgb2JqCjw8IC9UeXBlIC9YUmVmIC9MZW5ndGggNDUgL0ZpbHRlciAvRmxhdGVEZWNvZGUgL0RlY29kZVBh
        cm1zIDw8IC9Db2x1bW5zIDQgL1ByZWRpY3RvciAxMiA+PiAvVyBbIDEgMiAxIF0gL1Jvb3QgMSAwIFIgL1NpemUgMTIgL0lEIFs8
        NmY2YzgwZDI5NmEyYWZmNmEzMGJjOTM0MDY5Yzk2NGY+PDMxNDE1OTI2NTM1ODk3OTMyMzg0NjI2NDMzODMyNzk1Pl0gL0VuY3J5
        cHQgMTAgMCBSID4+CnN0cmVhbQp4nGNiAAImRgZ+BiYGhvUglguIxcCITvxnEvjDxMD0GyQ7DUgwqTAAAGaYBOcKZW5kc3RyZWFt
        CmVuZG9iagpzdGFydHhyZWYKMTczNQolJUVPRgo=
        """

    private static let users = """
        JVBERi0xLjUKJb/3ov4KMSAwIG9iago8PCAvTmFtZXMgPDwgL0VtYmVkZGVkRmlsZXMgMyAwIFIgPj4gL1BhZ2VNb2RlIC9Vc2VB
        dHRhY2htZW50cyAvUGFnZXMgNCAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL09ialN0bSAv
        TGVuZ3RoIDIxMyAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTiA1IC9GaXJzdCAyNiA+PgpzdHJlYW0KKImn+9qeX5QiCGDaMekSD6DM
        sIKMiZeoTAaHUaXVrR7djiw4H/SB/sstdWn9PLr+2o/32e+phznUFp74WHa7Nr0wXRf87dhvHxPKHCiG0IwQGyOyPs7HqK+6fgfz
        +fgwTfKBd85M6zr3MAFDNdqyYsB0GwVwtmh5sxqmmPE2ze/zrHISsZIrZavOykvFAKFCBsvzlYlTWkxu2GFDhv9X5wNMrwz5voNQ
        gEJDmU+E5uigHOm1g7S4je18JiyX15XJ30T5YDjhfjI1TFfikKA6JLpNIo7dZW5kc3RyZWFtCmVuZG9iago4IDAgb2JqCjw8IC9G
        aWx0ZXIgL0ZsYXRlRGVjb2RlIC9QYXJhbXMgPDwgL0NoZWNrU3VtIDwzMDFiMGExYWNlYWQ4OWU3MjFkYWY5MDlhNzc3ZWQ3Zj4g
        L0NyZWF0aW9uRGF0ZSA8YTg2ZjQ0Y2U0NTdmMDUyYjhlYWM5ZTk5M2M2OTUxN2I4ZT4gL01vZERhdGUgPGE4NmY0NGNlNDU3ZjA1
        MmI4ZWFjOWU5OTNjNjk1MTdiOGU+IC9TaXplIDI5ID4+IC9UeXBlIC9FbWJlZGRlZEZpbGUgL0xlbmd0aCAzNSA+PgpzdHJlYW0K
        lMldNz8cHVISUWfmQAipBIefLbwCcsoH8cdoWsNNkT5jhF1lbmRzdHJlYW0KZW5kb2JqCjkgMCBvYmoKPDwgL0ZpbHRlciAvRmxh
        dGVEZWNvZGUgL0xlbmd0aCA1MyA+PgpzdHJlYW0KZcnECDZFMwcC95KfTaGjWHQqOlITqSp9mF/16+zZMdpf9eDFUzgL/fmQQI69
        oD9bGFkGRzNlbmRzdHJlYW0KZW5kb2JqCjEwIDAgb2JqCjw8IC9GaWx0ZXIgL1N0YW5kYXJkIC9MZW5ndGggMTI4IC9PIDwwYmEz
        ODM1Zjg4ZjkwMzg4ZTc0ZTU0NTg0MTI1Y2UxNDJiZTBkZTI0YzZiMGQzNzc0NmUwNzViODkxNzU2NjcxPiAvUCAtNCAvUiAzIC9V
        IDxiMzM4YmQ5ZDFhZThkMzc2ZDZlYTA2ZThkN2RjMDYxNTAxMjI0NTZhOTFiYWU1MTM0MjczYTZkYjEzNGM4N2M0PiAvViAyID4+
        CmVuZG9iagoxMSAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDQ0IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJt
        cyA8PCAvQ29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDEgMCBSIC9TaXplIDEyIC9JRCBbPDZm
        NmM4MGQyOTZhMmFmZjZhMzBiYzkzNDA2OWM5NjRmPjwzMTQxNTkyNjUzNTg5NzkzMjM4NDYyNjQzMzgzMjc5NT5dIC9FbmNyeXB0
        IDEwIDAgUiA+PgpzdHJlYW0KeJxjYgACJkYGfgYmBoZcEKsNxGJgRCf+M27+w8TAqASUZawGERcYAGZ2BUAKZW5kc3RyZWFtCmVu
        ZG9iagpzdGFydHhyZWYKMTA1OAolJUVPRgo=
        """

    private static func message(_ base64: String) throws -> InspectedMessage {
        let mail = """
            From: a@b.example
            MIME-Version: 1.0
            Content-Type: application/pdf; name=a.pdf
            Content-Disposition: attachment; filename=a.pdf
            Content-Transfer-Encoding: base64

            \(base64)
            """
        return InspectedMessage(
            Array(mail.replacing("\n", with: "\r\n").utf8), envelope: Envelope(), settings: InspectionSettings(),
            typer: try FileTyper())
    }

    @Test(arguments: [ownersOf128Bits, ownersOf256Bits])
    func whatTheEmptyPasswordOpensIsRead(file: String) throws {
        let message = try Self.message(file)
        #expect(message.value(of: .messageEncrypted, argument: nil, subject: .message) == .known(.bool(false)))
        let texts = message.value(of: .messageText, argument: nil, subject: .message)
        #expect(texts.missing == [])
        #expect(texts.values.contains(.text("confidential text")))
        #expect(texts.values.contains(.text("the payload of the attachment")))
        let names = message.elements(of: .files).elements.flatMap {
            message.value(of: .name, argument: nil, subject: .part($0)).values
        }
        #expect(names == [.text("a.pdf"), .text("note.txt")])
    }

    @Test func whatNeedsAPasswordIsEncrypted() throws {
        let message = try Self.message(Self.users)
        #expect(message.value(of: .messageEncryption, argument: nil, subject: .message).values == [.encryption(.pdf)])
        #expect(message.value(of: .messageText, argument: nil, subject: .message).missing == .encryptedPDF)
    }
}
