/// Bombs made for these tests, in base64: 64 MiB of zeros.
enum BombSamples {
    /// A bare bzip2 stream.
    static let bzip2 =
        """
        QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZvAS1wwCidcAAwAAACCAAIKQINjKKiE0qKiE4u5IpwoSF\
        ALuD6A==
        """
    /// A zip with the zeros, compressed by bzip2, and a small text behind them.
    static let zip =
        """
        UEsDBC4AAAAMAMsTeF3tMOuyTwAAAAAAAAQJAAAAemVyb3MuYmluQlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCX\
        MUFZJlNZvAS1wwCidcAAwAAACCAAIKQINjKKiE0qKiE4u5IpwoSFALuD6FBLAwQuAAAADADLE3hd4lixJDMAAAAPAAAACQAAAGFm\
        dGVyLnR4dEJaaDkxQVkmU1nxP3jnAAABkYBAABZjhAAgADEAMCBkaaAaStDQbxeLuSKcKEh4n7xzgFBLAQIuAy4AAAAMAMsTeF3t\
        MOuyTwAAAAAAAAQJAAAAAAAAAAAAAACAAQAAAAB6ZXJvcy5iaW5QSwECLgMuAAAADADLE3hd4lixJDMAAAAPAAAACQAAAAAAAAAA\
        AAAAgAF2AAAAYWZ0ZXIudHh0UEsFBgAAAAACAAIAbgAAANAAAAAAAA==
        """
}
