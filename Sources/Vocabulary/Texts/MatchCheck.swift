/// A rule that the digits of a number must obey, so that a regular expression for card numbers does not find any
/// sixteen digits.
public enum MatchCheck: String, Sendable, Codable, CaseIterable {
    /// The check digit of payment cards (ISO/IEC 7812-1, annex B).
    case luhn
    /// ISO/IEC 7064 MOD 97-10 as IBANs use it (ISO 13616): the first four characters count as the last.
    case mod97
    /// The French social security number: thirteen characters and their key of two digits.
    case nir
}
