// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "interline", path: "..")],
    targets: [
        .systemLibrary(name: "CHash", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // What our reader of papers is measured against, by itself.
        .systemLibrary(
            name: "CPaper", pkgConfig: "poppler-glib",
            providers: [.apt(["libpoppler-glib-dev", "libtesseract-dev", "libleptonica-dev"])]),
        .executableTarget(
            name: "benchmarks",
            dependencies: ["CHash", "CPaper", .product(name: "EDI", package: "interline")],
            path: "Sources/Benchmarks",
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ]
        ),
    ]
)
