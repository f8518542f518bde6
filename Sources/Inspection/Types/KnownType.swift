import Vocabulary

/// The types that inspection itself asks for, by the names they have in the table of types.
///
/// Asked for by a text, a misspelt type would be one that no content is of: a container that is never opened, a program
/// that is never told from a text. Here the compiler knows the names, and a test looks each up in the table.
enum KnownType: String, CaseIterable {
    case access
    case appleDouble = "apple-double"
    case archive
    case calendar
    case chm
    case cryptographic
    case diskImage = "disk-image"
    case doc
    case document
    case eml
    case encryptedOffice = "encrypted-office"
    case executable
    case html
    case hwp
    case img
    case iso
    case iwork
    case macroEnabled = "macro-enabled"
    case mail
    case mbox
    case msg
    case msi
    case msp
    case odb
    case odg
    case odp
    case ods
    case odt
    case office
    case ole
    case onenote
    case ooxml
    case opendocument
    case pdf
    case pgp
    case pkcs7
    case ppt
    case project
    case pst
    case publisher
    case rtf
    case script
    case slk
    case svg
    case text
    case tnef
    case vcard
    case vhd
    case visio
    case wordXML = "word-xml"
    case xls
    case xlsb
    case xml
    case xps
    case zip

    fileprivate static let types = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, FileType.named($0.rawValue) ?? .unknown) })
}

extension FileType {
    /// The type as the table has it.
    static func known(_ type: KnownType) -> FileType { KnownType.types[type] ?? .unknown }

    /// Whether it is that type or one below it.
    func isUnder(_ type: KnownType) -> Bool { isSubtype(of: .known(type)) }
}
