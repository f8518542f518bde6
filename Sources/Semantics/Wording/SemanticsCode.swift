import Diagnostics

/// The kinds of fault the checker finds. The name in diagnostics is the case's in kebab-case; numbers never change.
public enum SemanticsCode: Int, CaseIterable, Sendable {
    // The policy's header.
    case noHeader = 200
    case secondHeader = 201
    case fieldTwice = 202
    case noEdition = 203
    case unknownEdition = 204
    case badTimeZone = 205
    case badLanguage = 206
    case badDomain = 207
    case badNetwork = 208
    case badAddress = 209
    case unknownWarning = 210
    case unknownLimit = 212
    case badLimit = 213

    // Quarantine areas.
    case badPeriod = 214
    case badTimeOfDay = 215
    case expireBeyondKeep = 216
    case badExpiry = 217

    // Modules and names.
    case unknownModule = 220
    case importedTwice = 221
    case notInModule = 222
    case unknownParameter = 223
    case argumentTwice = 224
    case argumentOfOther = 225
    case importCycle = 226
    case importTooDeep = 227
    case tooManyModules = 228
    case declaredTwice = 230
    case nameOfFact = 231
    case wrongKind = 232
    case nameOfPlaceholder = 233

    // Groups and lists.
    case unknownListType = 300
    case badListEntry = 301
    case unknownListSource = 302
    case listPathMissing = 303
    case listOutsideRoot = 304
    case listFileMissing = 305
    case badLinesInFile = 306
    case listTooLarge = 307

    // Dictionaries, patterns, templates, defines.
    case noThreshold = 310
    case badThreshold = 311
    case badWeight = 312
    case emptyDictionary = 313
    case unknownIgnore = 314
    case badPattern = 315
    case unknownFlag = 316
    case badTimes = 317
    case unknownCheck = 318
    case badDistance = 319
    case emptyTemplate = 320
    case unknownPlaceholder = 321
    case unknownTemplate = 322
    case recursiveDefine = 330
    case defineNeedsElement = 331
    case conditionTooLarge = 332
    case conditionTooDeep = 333

    // Scores and settings.
    case badScoreWeight = 340
    case emptyScore = 341
    case recursiveValue = 342
    case unknownTake = 343
    case noOtherwise = 344
    case otherwiseTwice = 345
    case valuesOfTwoKinds = 346
    case takesUnordered = 347
    case computedElsewhere = 349
    case tooManyRows = 351
    case wordsCompared = 352
    case boundOfOther = 353

    // What looks like something else.
    case exactlyLookalike = 360
    case unseenLookalike = 361

    // Names in conditions.
    case unknownName = 400
    case unknownFactOfElement = 401
    case unknownMember = 402
    case elementFactOutside = 403
    case memberOfList = 404
    case adjectiveAlone = 405
    case adjectiveExpected = 406
    case unknownAdjective = 407
    case argumentMissing = 408
    case argumentNotTaken = 409
    case badHeaderName = 410
    case asNumberOfOther = 411
    case unknownElement = 412
    case pluralAfterQuantifier = 413
    case singularAfterCount = 414
    case nestedTooDeep = 415
    case bindingTaken = 416
    case insideOutside = 417
    case unknownList = 418
    case notAList = 419
    case unknownDictionary = 420

    // Types in conditions.
    case notACondition = 430
    case conditionCompared = 431
    case elementCompared = 432
    case listCompared = 433
    case listExists = 434
    case literalOnTheLeft = 435
    case typesDiffer = 436
    case notOrdered = 437
    case notAText = 438
    case underOfOther = 439
    case exactlyOfOther = 440
    case wrongLiteral = 441
    case wrongNumber = 442
    case numberTooLarge = 443
    case quotedNumber = 444
    case quotedName = 445
    case quotesMissing = 446
    case unknownValueName = 447
    case badIPAddress = 448
    case badHash = 449
    case patternAsAddress = 450
    case listInsteadOfValue = 451
    case listInAllOf = 452
    case listOfOther = 453
    case listOfBool = 454
    case emptyText = 455
    case existsWithOtherwise = 456
    case insideLink = 457
    case noPublicSuffixes = 458
    case badPublicSuffixes = 459
    case numberTooFine = 460

    // Counts.
    case atLeastOutOfRange = 470
    case distinctElements = 471
    case whereOfValues = 472
    case notCountable = 473
    case notASum = 474
    case sumOfOther = 475

    // Absence, and what cannot be known.
    case unguarded = 500
    case missingAnswer = 501
    case unknownReason = 502
    case kindsOfOther = 503
    case equalRows = 504
    case overlappingRows = 505
    case weakAnswerOfMandatory = 506
    case stripInUninspectable = 507

    // Rules, actions, exemptions.
    case noWhen = 600
    case noThen = 601
    case clauseTwice = 602
    case unknownDirection = 603
    case directionTwice = 604
    case deliverAlone = 605
    case twoRefusals = 606
    case twoRoutes = 607
    case routesOfTwoRules = 608
    case stripWithoutFiles = 609
    case headerValueOfLines = 610
    case noAdministrator = 611
    case unknownAddressee = 612
    case textOfLines = 613
    case textTooLong = 614
    case expectsForm = 615
    case notWritable = 616
    case unknownRule = 620
    case unknownLabel = 621
    case mandatoryExempted = 622
    case labelOfMandatory = 623

    // Tests.
    case testTwice = 650
    case testWithoutMail = 651
    case testWithoutExpectation = 652
    case mailOutsideRoot = 653
    case assumesElement = 654
    case notAssumable = 655
    case neverAbsent = 656
    case neverUnknown = 657
    case expectsForOther = 658
    case unknownExemption = 659

    // Warnings, by the names that `allow` and `deny` use.
    case unusedList = 700
    case repeatedEntry = 701
    case similarArea = 702
    case similarHeader = 703
    case settledCondition = 704
    case everyOverEmpty = 705
    case thresholdOutOfReach = 706
    case templateWithoutLanguage = 707
    case antivirusExempted = 708
    case unprovenIdentity = 709
    case unusedTemplate = 720
    case unusedDefine = 721
    case unusedArea = 722
    case noAuthServers = 723
    case shadowedRule = 724
    case idleExemption = 725
    case hostBits = 726
    case missingMail = 727
    case uncoveredSubdomain = 728
    case unusedScore = 710
    case unusedSetting = 711
    case mixedScript = 713
    case subdomainOfRegistrable = 717

    /// The case's name in kebab-case: `unusedList` is `unused-list`.
    public var name: String {
        let letters = Array(String(describing: self))
        var name = ""
        for (index, letter) in letters.enumerated() {
            // A run of capitals is one word up to the last of them: `badIPAddress` is `bad-ip-address`.
            let endsRun = index + 1 < letters.count && letters[index + 1].isLowercase
            if letter.isUppercase, index > 0, letters[index - 1].isLowercase || endsRun { name.append("-") }
            name += letter.lowercased()
        }
        return name
    }

    /// As diagnostics carry it.
    public var code: DiagnosticCode { DiagnosticCode(rawValue, name) }

    /// Whether it is a warning that policies can silence or turn into an error.
    public var isWarning: Bool { (700..<750).contains(rawValue) }
}
