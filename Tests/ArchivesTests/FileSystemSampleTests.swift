import Testing

@testable import Archives

/// File systems and virtual disks of other people's tools, made for these tests, in xz and base64.
@Suite struct FileSystemSampleTests {
    /// By mkntfs and ntfscp: a small file, one of 9,000 bytes, and a program in a named stream of that one. Of the
    /// volume's own files only their records are left.
    private static let ntfs =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM//8QB8BdAHWUjgTioHH0A6nzyZNRs4fwMgYjP/9Dk06fc2LPuYvdFmUum/wG12A7gA4oWHFwNH6W6t11
        I/BSPRFmaCPf0frhXBcHAkGhN8oZmUSAIYlzw43Ss/iAiPa5yA3K0ucANOCisnQmeK3OwvKZQcAaUorsUcvjkoeScTOJdNGPG5TU1sSA7/EHO0zu
        vUgLr6yX8/1qTF54f6ns4MfjKODmZOdaoxxyDGxtvLk/JVyP7WTrasPz3GZnUmsfqyzb8XMvrB3fUSeSyDVpglfJ9JhVjj5pUJh7niV7lhUnLYEq
        sTk7Un1SG3/BWG7iOa9aG83JSKLKmV04+flaO+vXfHVEOoidv6z1LMYVM9sE1cjBgDHA0KYHAEtIYzFJdqzg8QBC2UIUAHYk5T669HsXRBqr+c9g
        u6IAmN+v0RpnMVJJuhuc0UAo1BHLYnz9L/SlN4vhKsC4J3+LAZlJgBoshQstTa9oBDI6hTpPN/KKonWkvk3P3v8+FRCv41i+yVf9cj+7ZekLdez+
        D349/8EMWOmGbzQPjwk97UkCZV/yTqEDvC6AlG7x0y5FJmL3Fp8pqU4JA2hc1a22lo/8hK5yAv9R2NgVOFmhND9WhwtsMzWEO/x3dlf0vnSe6VOj
        VCD+xKUPrruoyQPBXI9bhmH5iG25QRPwjz0T8OJFggQG7OgkGTg+qyCHbUJ72+DZZ1l5zaXbk8b/RBBa7K0hZxfQkkfcLjlFqv8xwC8fni7FyphV
        AB9slGUkpYQXccMZmEAhF39DYb2muSSCfkor/b+DUZQB5GWlFo8KPb94frD1KqH9oFohPmKyI0WasFzP/UTbpA3vMu97sH+A3CGdGbILy7b1JaGr
        +GckWcgikpPuzGKdlYToB+bEZ4U186at8bJo8zuw8PL50gGeQjCkJbkXXpcJ2BWRD3r4p8AkznQLKC4uRMxMn/pvE6PrdzQNbY/+n75Pp6tShLST
        rcebKSrwudYYPBkNe8TMxQ71Utm/xwPfv4gX6Vhsk5ecVsHuvYepOj3nbBZWTea2jEtJJ+DHlcVt+VZGyAD6DpQqo2eIWsztN5MAJ7/55D6UcCLH
        6UqFbKD7QH5z3asG3Rs2R+mDwsCCcYp6zO8/uGeb8Rza+1zXkCnWlTPUW8h/VHHreI7gjdOFnitbhR4O+FlpgF729Rw4dNeF+DpJIt3iHcQMQ6X6
        NfvDwuFou4nEHdjz48zsl8IFEZRZNup2sJMEkpHkpDpCtAfg1CuiHYZtgppJhZ0PM7pwYw3o+gJ9WN4/Imupra+8Ap7vQkKrCGIxO0fk/ZEVVHtu
        DAtOKXEqRxRL+15GiLBiBRL4HR+yWb2bkmOLqTzFlpqUwLUjOdN6kPuUEJKC7YDP+ZUND3XaofFO66FmEdf7ZFinJdAWgM9ipRRaMFTDQ7SB1rAi
        VQ8KR2U/MGolDTsuQCRQl6M2h7eluWRyUJZDEs/Mmt4eJ5SjBxdFE+Zy5CmqzmIMvSWzkDoaHL5T3JWxbQVKTgzfkto1RJfvGsgoZFEahX78EYK+
        BePg6OjveyX3jxxhRPr9D5C7ZFPIPp/Aiae0FHp91dItENuJHF0bSKDwEUYRBKBN3oubMc9uFBQdxDxIUJG291J+7ElBNTdBiq4ZgVcTXbQwLBj7
        5ODsmV6HSvPASxzkqd5ZQ5ZpowAPMCbzZG9+vk1wAnhoHqtooxxskM+UR6H5TnnhHpcn/3fazB0qCIu/88E8oS+LM2mnRVXeeCI7ZbJVi3euptya
        DHxc5GcKs8MG6WUMwqOSAvSLjNYlsqe7ZxYyrXrzJ+kzDgixLcl7U9Me1Y0FN2JbdKbW4ghDf7OJvgC/GtREmxvlQ5nuGClz23G7fZdoXqRBbA5A
        84Q0BJqpTcj2hQok/UbilbYYJ4D9d3hstPiL8gmaUDK6akAPgKZxFAJJ7CVyyfScZYOWAcO03utqhuv9yWsEvwMNSefN50RFvQJtn5k8ftaNmWAH
        x4p3l6UBxMGNUgBkNv8gPwj4O8AkTT9U+QMjGcjd5tLt2GR9SLkOoUXB6sDbB0n/Dn1vOXgjoKAQOZF2OkDXccqvrNyeggBOq6T6lJuLxhovrkMJ
        gluBhhuhHJSVi4qO5zZpNCKvh4DEuFvNZxwfyKTS1n9reH+Y613y4f3E9OBHWtQcYwkpOlBE/G0zF8R+uZ/nUa6m5Izzvz8K+oJ9chjdPup8aNB4
        ztBLlH7ntqMQDO3hhvVnDn1DBOEbr19YW7CTtmgIxXlgE48p2UgLy7m0fN4CeRO1NE8en76ufDEan7eNMW5wnqcjX+woy4XRlZiKfiqR8id19xnA
        BphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+BoZF/xobXql
        Bh2Rc7dMaW3std1R1wHakbB6Ca1H/Qpzdoi3llestk3haR1v+0uIC7twMojmxq2sho92Qd+t0HgeWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+
        S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWk0J9mepmEDxQlSADuaA
        AO4ABQC+v+zdsAAA9+dEuoxbsVwAAecPgICAAVBtrAqxxGf7AgAAAAAEWVo=
        """
    /// By mkfs.exfat; the files were written into it by hand: one in pieces, one of which only five bytes count.
    private static let exFAT =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM//80ArldAHWdjgRS1yuvzYdjKY9jefO5kkEzjyB8V/qrsUF8StnIlArov+jABk4CAyzRCQuRuRmxsP75
        vgySmRezPqPWOenBx0TcXJrBsfm2rVIUecHtv8rigL5o2KIic/DXJMbod/7V4xdSfiyjI6EooNOWM43+aKcFDnLG9EXA3DRvQGTj+iE5n79STYKn
        Tp6Nu0ffvLxbZ7LxwrP1KGkATmSOBPqd2zStp74crPeA0LRhekhZJ032Z2t6Eyd6zgtBHgNIsKjgVczk9vDRZfr329F98k+SvrG9UosqPPseBHCF
        FAqXG4j76QoWtxxSNcCMpyiddR2otkuFYQI4hyBAgTkyAAv+Bd86rFzxQLI5dBx3Dqob988arf1LRXZXYFB9vgE0jQvgy1/5Kn/lXqjZ+6cNxNkK
        xGr3khYULe16sn1sLEJ6BvVw4SP2qLUi0fEAQjBMfNczjewcOkHKjcewcX1OUzqYS3uiHC6Mr11Q32myBS0uY9WfdggnxEDbDSudyt4KfoLe0hvh
        TPNGXvwN6biwUMWYPsfRZpmdpDZ1z37MJ+pBCWmIE7J1QR65+uRG9lTwiHUsMNvCUFSRIpcGA1/JcDsUwDI3mKUVAaXoowkq7Kr/WiascgwWkqe+
        OY8k4XCepyNf7CjLhdGVmIp+KpHyJ3X3GcAGmE2Y/div1ZAPxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5
        x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEF
        pbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvjYYT6f/xABKwDsc1On/b6ufDEan7eNMW5wnqcjX+wo
        y4XRlZiKfiqR8id19xnABphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5b
        IEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1HDNGR
        EaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5Uo
        Rg+p/Hze+5owLlbAj4Xzg4HAZcQlUQ8/soABuQAFAEBYvIUAAAAAABMveqP3XHbCAAGRCICAgAImDv78scRn+wIAAAAABFla
        """
    /// A disk with an MBR and FAT, by qemu-img.
    private static let wide =
        """
        /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM//74AmVdADsaCLHozadDXJX30pQJgNKzeDln63Pvy/FUDgufj8zcz2eb1fFYybd7mIwEGVtDaACyLyix
        GPODZbfRwpofjEcZhwvDkyA+CrPLxFiJbdg7q4o2/zjDgaUBOfvTEHlauqS12BaUHLYBMfq+ri/a44IOePfHcg8PNRXzhplzPRyV7YuFhpzQ68MT
        m0DdRenTHql2eToD8lwGrTwgQADcAOC8I3yGCaljBfK95sS+tc/4en9K2eYKw3fMPZakgfkEug1X91gDIx7SDDXBFMe5DjwQcC0sBLsuR+ltHz5O
        1nQ+dCKZD3dOyeQn5fowqChmm7EHGi99g6sU3azAxFb/3WxlqEb6PRm0Ib87J6Nsp9FyAWAdt/x/jgzuuIRK64ZCEz1noEWZZInD5Qw5cJ6nI1/s
        KMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0e
        WyBC+d0opbukgJMc6+w28/NGKCnhKzkZX6hMUhv8EFF26OPAnA8d1f1Q+l8tJVmnTgfsa61MZqkEUoT1FtW+j7Y53koRiIIQqTDzBnhXF0lXnRLa
        RLGa64qtly3/LuuaHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hx
        eFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHaDMFWKf/ysBzgAikv/kupHYheQz7ygnxzgYDsAYTCuV
        +Uf6TudS4pIGVhmeRJ7i0uRG9lTwiHUsMNvCUFSRIpcGA1/JcDsUwDI3mKUVAaXoowkq7Kr/WiascgwWkqe+OY8k4XCepyNf7CjLhdGVmIp+KpHy
        J3X3GcAGmE2Y/div1ZAPxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG3idW4aFhuChOlF8GaMAVDCrPGts3b67iR2T0vJemFARbd2xP
        FNgBy0Ra7Uo+PD8PbHZR1zbt1Hk/MPU29ww5P4Dx6EOnxaV97KAmGou0qFuyBj3T0qtu0TDRSef25HE65v6byNwGGd+JWItSloVejEXKK3KDCU9c
        pD5tVxcmbL/mYPO1aqSlqKSRobLIq7ZCVdL3lM639ceXGsQpIigv4CgneneKvnhNDzyAsGkY5bXR1Vg+tjKa50QruVxGcpnaAD6tJsBAAI+1GVpV
        OeG9oj5WZX5I9NB0VoOcBG7Mvdnoiq2XLf8u65odus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DE
        vS5fqg8+S2ZCkBMO/xCT+z2+0FCf/xABKwDbM2c32Gz5ZXK9Ut/hyP55IbWoM49ihH1aUWKSdElcxG2ykuegyM4HBO6f3qVCy4g/XACP0E6vJiiU
        cR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsF
        CPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2
        MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1OciLC5//EAErAOxzU6f9
        vq58MRqft40xbnCepyNf7CjLhdGVmIp+KpHyJ3X3GcAGmE2Y/div1ZAPxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ
        5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT
        +PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktm
        QpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVRDz+yn/9IApgAoaxwKshPlu6FAgMZygwuaBjaKV4Dai5M4J+o25Eff2s9WXqg
        Up1auD0mIJZjTEfGl+rDKCZz/umwi4LIE5wh1R1+JH3H1RmLOBt/aVrfhADExYQjH1xMxnRb19bAtcnN09F8IVq93CG+t1MKbv8p6I+5jn7lmida
        EHz/NjjlRjbVOua46F78GDukxJ/pqChw6VPW/Aklu4Q50NNi3fo4/mgUZ1VCRDujqdOaDZilnpqBcifRAwI6LihryCZsFadmGfHQZSPBI7BdGs4E
        l/SsP6v67RZu2Vy5vWbcTHwZJi6nnVTi6zUBBVhMrnRWQ2EPXPULNtG3vDlT4NSTt6wIzUIiXOewpg41Ai/OvPo/1u2PMXR9gOzEfoGdbQHwrJ4+
        qrtlb2ApzZ0QP5zo6cjMgr9nQFW5G1tt0oPDFo9b7kt+EFsX+gdYk5v/tOrvSB6j/bLI/UKfzt4/Se0SISA84IchL5UNx0abAWNFUlkNjND9CYlV
        QlI9iNX8AMUjiQnXOYh7pC/bfJhNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0
        zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1H
        DNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN
        /5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/Bbo29Gp//EAErAOxzU6f9vq58MRqft40xbnCepyNf7CjLhdGVmIp+KpHyJ3X3GcAG
        mE2Y/div1ZAPxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzf
        tTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZS
        WL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfOD
        gcBlxCVRDz+yn/8QASsA7HNTp/2+rnwxGp+3jTFucJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGq
        rWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYP
        qfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgp
        ZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVEPP7Kf/xABKwDsc1On/b6ufDEan7eNMW5w
        nqcjX+woy4XRlZiKfiqR8id19xnABphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7
        Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/B
        cE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ
        +AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlUQ8/soAHPAAFALIOLP8AAABr44HCUT5lKQAB8xmAgIAIW/eXBLHEZ/sCAAAAAARZWg==
        """
    private static let payload = "MZ this is the payload of the disk"

    private static func image(_ base64: String) -> [UInt8] {
        ArchiveReader().contents(of: SampleArchives.decoded(base64), as: .xz).entries.first?.bytes ?? []
    }

    /// The sample with the block of the root's index put back that shows the two files, by their records' own names.
    private static func volume() throws -> [UInt8] {
        var image = image(ntfs)
        var block = Array("INDX".utf8) + SampleArchives.little(40, 2) + SampleArchives.little(9, 2)
        block += [UInt8](repeating: 0, count: 16) + SampleArchives.little(40, 4)
        var entries: [UInt8] = []
        for name in ["big.txt", "payload.exe"] {
            let start = try nameAttribute(image, of: name)
            let record = start / 1_024 * 1_024
            let length = 66 + 2 * name.count
            entries += SampleArchives.little((record - 32 * 512) / 1_024, 6) + image[(record + 16)..<(record + 18)]
            entries += SampleArchives.little((16 + length + 7) / 8 * 8, 2) + SampleArchives.little(length, 2)
            entries += [0, 0, 0, 0] + image[(start + 24)..<(start + 24 + length)]
            entries += [UInt8](repeating: 0, count: (8 - length % 8) % 8)
        }
        entries +=
            [UInt8](repeating: 0, count: 8) + SampleArchives.little(16, 2) + [0, 0] + SampleArchives.little(2, 4)
        block += SampleArchives.little(40 + entries.count, 4) + SampleArchives.little(4_072, 4) + [0, 0, 0, 0]
        // The last bytes of each sector are in a list, and a number in their place.
        block += [1, 0] + [UInt8](repeating: 0, count: 22) + entries
        block += [UInt8](repeating: 0, count: 4_096 - block.count)
        for end in stride(from: 510, to: 4_096, by: 512) { block[end] = 1 }
        image.replaceSubrange((552 * 512)..<(552 * 512 + 4_096), with: block)
        return image
    }

    private static func contents(_ image: [UInt8], _ limits: ArchiveLimits = .standard) -> ArchiveContents {
        ArchiveReader(limits: limits).contents(of: image, as: ArchiveFormat.detect(image) ?? .ace)
    }

    private static func texts(_ contents: ArchiveContents) -> [String: String] {
        let files = contents.entries.filter { $0.kind == .file }
        return Dictionary(
            files.map { ($0.name ?? "", String(decoding: $0.bytes, as: UTF8.self)) }, uniquingKeysWith: { $1 + $0 })
    }

    @Test func ntfsIsReadWithItsStreams() throws {
        let image = try Self.volume()
        #expect(ArchiveFormat.all(in: image) == [.img])
        let contents = Self.contents(image)
        #expect(
            Self.texts(contents) == [
                "payload.exe": Self.payload, "big.txt": String(repeating: "q", count: 9_000),
                "big.txt:evil.exe": Self.payload,
            ])
        #expect(contents.isComplete && contents.anomalies.isEmpty, "\(contents.summary)")
    }

    /// The last sector has a copy of the first one.
    @Test func ntfsIsReadByTheCopyOfItsFirstSector() throws {
        var image = try Self.volume()
        for place in 0..<512 { image[place] = 0 }
        #expect(ArchiveFormat.all(in: image) == [.img])
        #expect(Self.texts(Self.contents(image))["payload.exe"] == Self.payload)
    }

    @Test func whatNtfsPacksOrLocksIsUnread() throws {
        for (flag, problem) in [
            (1, ArchiveProblem.unsupported("a file of the disk is compressed by its file system")),
            (0x40, .encrypted),
        ] {
            var image = try Self.volume()
            // The attribute of the big file's content: its size stands 48 bytes behind its start.
            let size = SampleArchives.little(9_000, 8)
            let place = try #require(image.firstRange(of: size)).lowerBound
            let start = try #require([40, 48, 56].map { place - $0 }.first { image[$0] == 0x80 && image[$0 + 8] == 1 })
            image[start + (flag == 1 ? 12 : 13)] = UInt8(flag)
            let contents = Self.contents(image)
            #expect(contents.entries.first { $0.name == "big.txt" }?.unread == problem)
        }
    }

    /// Where the attribute of a file's name starts in its record; directories have the name without one.
    private static func nameAttribute(_ image: [UInt8], of name: String) throws -> Int {
        let units = name.utf16.flatMap { SampleArchives.little(Int($0), 2) }
        let starts = image.indices.filter { image[$0...].starts(with: units) }.map { $0 - 90 }
        return try #require(starts.first { $0 % 8 == 0 && image[$0...].starts(with: [0x30, 0, 0, 0]) })
    }

    @Test func aFileWithoutANameIsAFile() throws {
        var image = Self.image(Self.ntfs)
        // The type of an attribute that is not looked at.
        image[try Self.nameAttribute(image, of: "payload.exe")] = 0x40
        #expect(Self.texts(Self.contents(image)).filter { $0.key.hasPrefix("#") }.map(\.value) == [Self.payload])
    }

    /// Systems show a file by the name that its directory has for it.
    @Test func aFileHasTheNameOfItsDirectoryToo() throws {
        var image = try Self.volume()
        let units = "big.txt".utf16.flatMap { SampleArchives.little(Int($0), 2) }
        let own = try Self.nameAttribute(image, of: "big.txt") + 90
        let place = try #require(image.indices.first { $0 != own && image[$0...].starts(with: units) })
        image.replaceSubrange(
            (place + 8)..<(place + 14), with: "bat".utf16.flatMap { SampleArchives.little(Int($0), 2) })
        let contents = Self.contents(image)
        let file = try #require(contents.entries.first { $0.name == "big.txt" })
        #expect(file.allNames == ["big.txt", "big.bat"])
        #expect(contents.anomalies.map(\.name) == ["disk-names-differ"])
    }

    @Test func anIndexThatIsCutIsDamaged() throws {
        var image = try Self.volume()
        image[552 * 512] = 0
        #expect(
            Self.contents(image).problems == [.damaged("the index of a directory of the disk can't be read")])
    }

    /// The last sector of a partition is a copy of its first one, and may be the last of the disk.
    @Test func aPartitionToTheEndIsNotTheDisk() throws {
        let image = try Self.volume()
        let first = 128
        var disk = [UInt8](repeating: 0, count: first * 512)
        let record: [UInt8] = [0, 0, 0, 0, 7, 0, 0, 0] + SampleArchives.little(first, 4)
        disk.replaceSubrange(446..<462, with: record + SampleArchives.little(image.count / 512, 4))
        disk.replaceSubrange(510..<512, with: [0x55, 0xAA])
        let contents = Self.contents(disk + image)
        #expect(contents.isComplete && contents.anomalies.isEmpty, "\(contents.summary)")
        #expect(Self.texts(contents)["payload.exe"] == Self.payload)
    }

    /// A partition without a file system of a known kind is told, wherever in it something stands.
    @Test func aPartitionIsBlankOnlyAsAWhole() {
        var disk = [UInt8](repeating: 0, count: 1 << 20)
        let record: [UInt8] =
            [0, 0, 0, 0, 0x83, 0, 0, 0] + SampleArchives.little(128, 4) + SampleArchives.little(1_900, 4)
        disk.replaceSubrange(446..<462, with: record)
        disk.replaceSubrange(510..<512, with: [0x55, 0xAA])
        #expect(ArchiveReader().contents(of: disk, as: .img).isComplete)
        disk[128 * 512 + 70_000] = 1
        #expect(
            ArchiveReader().contents(of: disk, as: .img).problems
                == [.unsupported("a partition of the disk has no file system of a known kind")])
    }

    @Test func aFileBesideThoseOfTheVolumeIsAFile() throws {
        var image = try Self.volume()
        let start = try Self.nameAttribute(image, of: "payload.exe")
        image.replaceSubrange((start + 24)..<(start + 30), with: SampleArchives.little(11, 6))
        #expect(Self.texts(Self.contents(image)).values.contains(Self.payload))
    }

    @Test func aTableThatGoesOnElsewhereIsNotAllRead() throws {
        var image = try Self.volume()
        let start = 32 * 512
        let data = try #require(
            (start..<(start + 1_024)).first { $0 % 8 == 0 && image[$0...].starts(with: [0x80, 0, 0, 0]) })
        image.replaceSubrange((data + 48)..<(data + 56), with: SampleArchives.little(4_096 * 1_024, 8))
        #expect(
            Self.contents(image).problems
                == [.unsupported("the table of the disk's files goes on elsewhere")])
    }

    @Test func recordsOfNtfsAreBounded() throws {
        func problems(_ records: Int) throws -> [ArchiveProblem] {
            var image = try Self.volume()
            // The table's own record: 140 clusters from the 32nd on, then a hole.
            let start = 32 * 512
            let data = try #require(
                (start..<(start + 1_024)).first { $0 % 8 == 0 && image[$0...].starts(with: [0x80, 0, 0, 0]) })
            image.replaceSubrange((data + 48)..<(data + 56), with: SampleArchives.little(records * 1_024, 8))
            let runs = data + Int(image[data + 32])
            let hole = [3] + SampleArchives.little(records * 2 - 140, 3) + [0]
            image.replaceSubrange(runs..<(runs + 8), with: [0x11, 140, 32] + hole)
            return Self.contents(image, ArchiveLimits(ratioFloor: 64 << 20)).problems
        }
        #expect(try problems(ArchiveLimits.diskRecords).isEmpty)
        #expect(try problems(ArchiveLimits.diskRecords + 1) == [.overLimit(.entries)])
    }

    @Test func exFATIsRead() {
        let image = Self.image(Self.exFAT)
        #expect(ArchiveFormat.all(in: image) == [.img])
        let contents = Self.contents(image)
        let stale = "hello" + String(repeating: "\0", count: 15)
        #expect(
            Self.texts(contents) == [
                "payload.exe": Self.payload, "big.txt": String(repeating: "q", count: 9_000),
                "sub/a rather long name of a file.txt": stale,
            ])
        #expect(contents.isComplete && contents.anomalies.isEmpty, "\(contents.summary)")
        var broken = image
        for place in 0..<512 { broken[place] = 0 }
        #expect(ArchiveFormat.all(in: broken) == [.img])
        #expect(Self.texts(Self.contents(broken))["payload.exe"] == Self.payload)
    }

    @Test func theNewerVirtualDiskIsRead() {
        var image = Self.image(Self.wide)
        #expect(ArchiveFormat.all(in: image) == [.vhdx])
        let contents = Self.contents(image)
        #expect(Self.texts(contents) == ["payload.exe": Self.payload, "sub/a long name of a note.txt": "hello note\n"])
        #expect(contents.isComplete && contents.anomalies.isEmpty, "\(contents.summary)")
        // A log that was not emptied may change everything.
        image[(64 << 10) + 48] = 1
        #expect(
            Self.contents(image).problems == [
                .unsupported("the virtual disk has a log of changes that were not yet made")
            ])
        #expect(!Self.contents(Array(image.prefix(1 << 20))).isComplete)
        #expect(!Self.contents(Array(image.prefix(64))).isComplete)
    }

    @Test func aBentIndexIsReadWithoutHarm() throws {
        let image = try Self.volume()
        for place in (552 * 512)..<(552 * 512 + 360) where place % 3 == 0 {
            var bent = image
            bent[place] ^= place % 2 == 0 ? 0xFF : 1
            #expect(ArchiveReader().contents(of: bent, as: .img).entries.count < 1_000)
        }
    }

    @Test func piecesOfAnIndexAreBounded() throws {
        let image = try Self.volume()
        func isWhole(_ count: Int) throws -> Bool {
            let further = [[UInt8]](repeating: [0x11, 1, 0], count: count - 1).flatMap { $0 }
            let runs: [UInt8] = [0x21, 8, 0x28, 2] + further + [0]
            return try image.withUnsafeBytes { bytes in
                let table = try #require(MasterTable(DiskSource(bytes)))
                var budget = DiskBudget(of: bytes.count, limits: .standard)
                let own = try #require(table.record(5)).attributes.map { attribute in
                    guard attribute.kind == .index else { return attribute }
                    return MasterRecord.Attribute(
                        kind: .index, name: attribute.name, flags: 0, resident: nil, firstCluster: 0, size: 4_096,
                        written: 4_096, runs: runs)
                }
                return MasterIndex(own, of: table, &budget).isWhole
            }
        }
        #expect(try isWhole(ArchiveLimits.diskIndexPieces))
        #expect(try !isWhole(ArchiveLimits.diskIndexPieces + 1))
    }

    @Test func bentDisksAreReadWithoutHarm() {
        for base64 in [Self.ntfs, Self.exFAT, Self.wide] {
            let image = Self.image(base64)
            let places = image.indices.filter { image[$0] != 0 }
            for place in stride(from: 0, to: places.count, by: max(1, places.count / 150)) {
                var bent = image
                bent[places[place]] ^= 0xFF
                guard let format = ArchiveFormat.detect(bent) else { continue }
                #expect(ArchiveReader().contents(of: bent, as: format).entries.count < 1_000)
            }
        }
    }
}
