// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Spans that a property hands out say whose memory they show.
  .enableExperimentalFeature("Lifetimes"),
]

/// What mostly waits, for people and for the network, is compiled for size where a release is made
/// (scripts/release): a package that others depend on must not have such flags.
let waiting: [SwiftSetting] =
  Context.environment["ACTORPUSH_RELEASE"] == nil ? [] : [.unsafeFlags(["-Osize"])]

extension Target.Dependency {
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
  static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
  static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
  static let logging = product(name: "Logging", package: "swift-log")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
  static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
  static let systemPackage = product(name: "SystemPackage", package: "swift-system")
}

extension Target {
  /// A library of the package, in `Sources/<folder>/<name>`.
  static func library(_ name: String, in folder: String, _ dependencies: [Dependency]) -> Target {
    let waits = folder == "Deploy" || ["TextDiff", "TreeMerge", "Zip"].contains(name)
    return .target(
      name: name, dependencies: dependencies, path: "Sources/\(folder)/\(name)",
      swiftSettings: settings + (waits ? waiting : []))
  }

  /// A program, in `Sources/<folder>/<name>`.
  static func executable(_ name: String, in folder: String, _ dependencies: [Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies, path: "Sources/\(folder)/\(name)",
      swiftSettings: settings + waiting)
  }

  /// The tests of one target, in `Tests/<name>`.
  static func tests(_ name: String, _ dependencies: [Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
  }
}

let package = Package(
  name: "actorpush",
  products: [
    .executable(name: "actorpush", targets: ["actorpush"]),
    .executable(name: "actorpush-emulator", targets: ["actorpush-emulator"]),
    .library(name: "Base64Stream", targets: ["Base64Stream"]),
    .library(name: "JSONText", targets: ["JSONText"]),
    .library(name: "SourcePackage", targets: ["SourcePackage"]),
    .library(name: "SourceTree", targets: ["SourceTree"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Executables: they alone print, exit and read the environment.
    .executable(
      "actorpush", in: "CLI",
      [
        "ActorProject", "ApifyAPI", "Checks", "Deploy", "DeployHooks", "Git", "SourcePackage", "SourceTree",
        "CSwiftRuntime", "SystemIO", "TextDiff", "TreeMerge", .argumentParser,
      ]),
    .executable(
      "actorpush-emulator", in: "Emulator",
      ["EmulatorFaults", "PlatformEmulator", "PlatformModel", "SystemIO", .argumentParser]),

    // What is deployed, where to and how.
    .library(
      "Deploy", in: "Deploy",
      [
        "ActorProject", "ApifyAPI", "Checks", "Git", "SourcePackage", "SourceTree", "SystemIO", "TextDiff",
        "TreeMerge", "Zip", .crypto, .cryptoExtras,
      ]),
    .library(
      "DeployHooks", in: "Deploy",
      ["ActorProject", "ApifyAPI", "Deploy", "Git", "SourceTree", "SystemIO", .crypto]),
    .library("Checks", in: "Deploy", ["ActorProject", "SystemIO"]),
    .library("ActorProject", in: "Deploy", ["SystemIO"]),
    .library(
      "ApifyAPI", in: "Deploy",
      ["Deflate", "SystemIO", .asyncHTTPClient, .crypto, .nioCore, .nioHTTP1, .nioPosix, .nioSSL]),

    // What a package holds.
    .library(
      "SourcePackage", in: "Package",
      [
        "Base64Stream", "CByteKernels", "Deflate", "Git", "JSONText", "SourceTree", "SystemIO", "Zip",
        .crypto,
      ]),
    .library("SourceTree", in: "Package", ["Git", "IgnoreRules", "JSONText", "SystemIO"]),
    .library(
      "Git", in: "Package",
      ["CByteKernels", "Deflate", "IgnoreRules", "SystemIO", .subprocess, .systemPackage]),
    .library("IgnoreRules", in: "Package", []),

    // Formats and algorithms that know nothing of Actors.
    .library("Base64Stream", in: "Libraries", ["CByteKernels"]),
    .library("JSONText", in: "Libraries", ["CByteKernels"]),
    .library("Zip", in: "Libraries", ["Deflate", "SystemIO"]),
    .library("Deflate", in: "Libraries", ["CByteKernels", "CZlib"]),
    .library("TextDiff", in: "Libraries", []),
    .library("TreeMerge", in: "Libraries", []),

    // The operating system.
    .library("SystemIO", in: "System", ["CSystemIO"]),

    // C.
    .target(name: "CByteKernels", path: "Sources/C/CByteKernels"),
    .target(name: "CSwiftRuntime", path: "Sources/C/CSwiftRuntime"),
    .target(name: "CSystemIO", path: "Sources/C/CSystemIO"),
    .systemLibrary(
      name: "CZlib", path: "Sources/C/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // The platform, for tests and for trying things out.
    .library("PlatformModel", in: "Emulator", ["SystemIO", "Zip", .crypto]),
    .library(
      "PlatformEmulator", in: "Emulator",
      ["Deflate", "PlatformModel", "SystemIO", "Zip", .hummingbird, .hummingbirdCore, .logging, .nioCore]),
    .library(
      "EmulatorFaults", in: "Emulator",
      ["Deflate", "PlatformEmulator", "PlatformModel", .hummingbird, .nioCore]),
    .library(
      "EmulatorTesting", in: "Emulator",
      [
        "ApifyAPI", "EmulatorFaults", "PlatformEmulator", "PlatformModel", "SystemIO", "Zip", .hummingbird,
        .nioCore,
      ]),

    // Tests.
    .target(
      name: "TestSupport", dependencies: [.subprocess, .systemPackage], path: "Tests/TestSupport",
      swiftSettings: settings),
    .tests("ActorProjectTests", ["ActorProject", "TestSupport"]),
    .tests("ApifyAPITests", ["ApifyAPI", "Deflate", "TestSupport", .nioCore, .nioHTTP1, .nioPosix, .nioSSL]),
    .tests("Base64StreamTests", ["Base64Stream", "CByteKernels", "TestSupport", .subprocess]),
    .tests("ChecksTests", ["ActorProject", "Checks"]),
    .tests(
      "CommandLineTests",
      [
        "ActorProject", "Deploy", "DeployHooks", "EmulatorFaults", "EmulatorTesting", "PlatformEmulator",
        "PlatformModel", "SystemIO", "TestSupport", "actorpush", .argumentParser,
      ]),
    .tests("DeflateTests", ["Deflate", "TestSupport", .subprocess]),
    .tests(
      "DeployHooksTests",
      [
        "ActorProject", "ApifyAPI", "Deploy", "DeployHooks", "EmulatorFaults", "EmulatorTesting", "Git",
        "PlatformEmulator",
        "PlatformModel", "SourcePackage", "SourceTree", "SystemIO", "TestSupport",
      ]),
    .tests(
      "DeployTests",
      [
        "ActorProject", "ApifyAPI", "Checks", "Deploy", "EmulatorFaults", "EmulatorTesting", "Git",
        "PlatformEmulator",
        "PlatformModel", "SourcePackage", "SourceTree", "SystemIO", "TestSupport", "TreeMerge",
      ]),
    .tests("GitTests", ["Git", "SystemIO", "TestSupport"]),
    .tests("IgnoreRulesTests", ["IgnoreRules"]),
    .tests("JSONTextTests", ["CByteKernels", "JSONText", "TestSupport", .subprocess]),
    .tests(
      "PlatformEmulatorTests",
      [
        "Deflate", "EmulatorFaults", "EmulatorTesting", "PlatformEmulator", "PlatformModel", "TestSupport",
        .asyncHTTPClient, .nioCore, .nioHTTP1, .nioPosix,
      ]),
    .tests(
      "PlatformTests",
      ["ApifyAPI", "EmulatorFaults", "EmulatorTesting", "PlatformEmulator", "PlatformModel", "TestSupport"]),
    .tests("SourcePackageTests", ["Deflate", "SourcePackage", "SourceTree", "SystemIO", "TestSupport"]),
    .tests("SystemIOTests", ["SystemIO", "TestSupport"]),
    .tests("TextDiffTests", ["TestSupport", "TextDiff"]),
    .tests("TreeMergeTests", ["Git", "SystemIO", "TestSupport", "TreeMerge"]),
    .tests("ZipTests", ["SystemIO", "TestSupport", "Zip"]),
    .tests("SourceTreeTests", ["Git", "SourceTree", "SystemIO", "TestSupport"]),
  ]
)

// The fuzz targets, where scripts/fuzz asks for them by naming libFuzzer's library: all is then built with
// what the fuzzer looks at, and with the address sanitizer.
if let library = Context.environment["ACTORPUSH_FUZZ"] {
  let linking: [LinkerSetting] = [.unsafeFlags(["-sanitize=address", library, "-lstdc++"])]
  let coverage = "edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table"
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
    .target(
      name: "FuzzDriver", dependencies: ["CFuzzer"], path: "Tests/Fuzz/FuzzDriver", swiftSettings: settings),
    .executableTarget(
      name: "FuzzFormats",
      dependencies: [
        "ActorProject", "Base64Stream", "Deflate", "FuzzDriver", "Git", "IgnoreRules", "JSONText", "SystemIO",
        "Zip",
      ],
      path: "Tests/Fuzz/FuzzFormats", swiftSettings: settings, linkerSettings: linking),
    // What needs the layers of the platform takes long to build.
    .executableTarget(
      name: "FuzzDeploy",
      dependencies: [
        "ActorProject", "ApifyAPI", "Deploy", "DeployHooks", "FuzzDriver", "SourcePackage", "SystemIO",
      ],
      path: "Tests/Fuzz/FuzzDeploy", swiftSettings: settings, linkerSettings: linking),
  ]
  for target in package.targets where target.type == .regular || target.type == .executable {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [
        .unsafeFlags(["-sanitize=address", "-sanitize-coverage=\(coverage)", "-enable-testing"])
      ]
    target.cSettings =
      (target.cSettings ?? []) + [
        .unsafeFlags(["-fsanitize=address", "-fsanitize-coverage=\(coverage)"])
      ]
  }
}
