// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ imports: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: house)
}

func tests(_ name: String, _ imports: [Target.Dependency], samples: [String] = []) -> Target {
    .testTarget(name: name, dependencies: imports, exclude: samples, swiftSettings: house)
}

let package = Package(
    name: "interline",
    products: [
        .library(name: "EDI", targets: ["EDI"]),
        .executable(name: "interline", targets: ["interline"]),
        .executable(name: "interline-reader", targets: ["interline-reader"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // The C libraries: module maps and shim headers, nothing else.
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
        .systemLibrary(
            name: "CTesseract", pkgConfig: "lept", providers: [.apt(["libtesseract-dev", "libleptonica-dev"])]),
        .systemLibrary(name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),

        // The rooms, in the order a file walks through them.
        room("Vocabulary", ["CCrypto"]),
        room("Schemas", ["Vocabulary", "Yams"]),
        room("EDI", []),
        room("EDIReader", ["EDI", "Vocabulary", "Schemas"]),
        room("XMLReader", ["CLibXML2", "Vocabulary", "Schemas"]),
        room("ProofReader", ["CPoppler", "CTesseract", "CZBar", "Vocabulary", "Schemas"]),
        room("MailReader", ["CGMime", "CLibXML2", "Vocabulary", "Schemas"]),
        room("Confined", ["Vocabulary"]),
        room("Intake", ["CArchive", "EDI", "EDIReader", "XMLReader", "Vocabulary", "Schemas"]),
        room("Coordination", ["Vocabulary", "Schemas"]),
        room("Ledger", ["Vocabulary", .product(name: "GRDB", package: "GRDB.swift")]),
        room("Feeds", ["EDI", "Vocabulary", "Schemas", "Ledger"]),
        room(
            "Pipeline",
            ["EDI", "EDIReader", "XMLReader", "Intake", "Coordination", "Ledger", "Feeds", "Vocabulary", "Schemas"]),
        .executableTarget(
            name: "interline",
            dependencies: [
                "Pipeline", "Feeds", "EDI", "Vocabulary", "Schemas",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: house),
        .executableTarget(
            name: "interline-reader", dependencies: ["Confined", "ProofReader", "MailReader", "Vocabulary", "Schemas"],
            swiftSettings: house),
        // A worker that misbehaves as the document asks it to, for tests of what contains one.
        .executableTarget(
            name: "hostile-reader", dependencies: ["Confined", "Vocabulary"], path: "Tests/HostileReader",
            swiftSettings: house),

        // The frame of a PDF, for tests that write some.
        .target(name: "PDFWriting", path: "Tests/PDFWriting", swiftSettings: house),

        tests("VocabularyTests", ["Vocabulary"]),
        tests("SchemasTests", ["Schemas", "Vocabulary"]),
        tests("EDITests", ["EDI"], samples: ["Goldens"]),
        tests("EDIReaderTests", ["EDIReader", "EDI", "Schemas", "Vocabulary"], samples: ["Samples"]),
        tests("XMLReaderTests", ["XMLReader", "CLibXML2", "Schemas", "Vocabulary"], samples: ["Samples", "Goldens"]),
        tests(
            "ProofReaderTests", ["ProofReader", "PDFWriting", "CPoppler", "Schemas", "Vocabulary"],
            samples: ["Templates"]),
        tests("MailReaderTests", ["MailReader", "Schemas", "Vocabulary"]),
        tests("IntakeTests", ["Intake", "PDFWriting", "XMLReader", "Schemas", "Vocabulary"], samples: ["Goldens"]),
        tests("CoordinationTests", ["Coordination", "Schemas", "Vocabulary"]),
        tests("FeedsTests", ["Feeds", "EDI", "EDIReader", "Schemas", "Vocabulary"], samples: ["peers.py"]),
        tests("LedgerTests", ["Ledger", "Vocabulary", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("PipelineTests", ["Pipeline", "Feeds", "Ledger", "Schemas", "Vocabulary"]),
        tests(
            "CommandTests", ["Pipeline", "Intake", "Coordination", "CPoppler", "Schemas", "Vocabulary"],
            samples: ["Expected"]),
    ]
)
