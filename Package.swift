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

extension Target.Dependency {
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
  static let logging = product(name: "Logging", package: "swift-log")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
}

let package = Package(
  name: "actorpush",
  products: [
    .executable(name: "actorpush", targets: ["actorpush"]),
    .executable(name: "actorpush-emulator", targets: ["actorpush-emulator"]),
    .library(name: "Base64Stream", targets: ["Base64Stream"]),
    .library(name: "JSONText", targets: ["JSONText"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // What runs.
    .executableTarget(
      name: "actorpush",
      dependencies: [
        "ActorProject", "ApifyAPI", "Deployment", "GitHooks", "POSIX", "SourcePackage", "SourceTree",
        "TextDiff",
        .argumentParser,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "actorpush-emulator", dependencies: ["PlatformEmulator", .argumentParser],
      swiftSettings: settings),

    // What they do, the upper resting on the lower.
    .target(
      name: "Deployment",
      dependencies: [
        "ActorProject", "ApifyAPI", "Deflate", "POSIX", "SourcePackage", "SourceTree", "ZipReader", .crypto,
        .nioCore,
      ],
      swiftSettings: settings),
    .target(
      name: "GitHooks", dependencies: ["POSIX", "SourceTree", .crypto], swiftSettings: settings),
    .target(name: "ActorProject", dependencies: ["POSIX"], swiftSettings: settings),
    .target(
      name: "ApifyAPI", dependencies: ["Deflate", .asyncHTTPClient, .crypto, .nioCore, .nioHTTP1, .nioPosix],
      swiftSettings: settings),
    .target(
      name: "PlatformEmulator",
      dependencies: ["Deflate", "POSIX", "ZipReader", .crypto, .hummingbird, .logging, .nioCore],
      swiftSettings: settings),
    .target(name: "TextDiff", swiftSettings: settings),
    .target(name: "ZipReader", dependencies: ["Deflate"], swiftSettings: settings),
    .target(
      name: "SourcePackage",
      dependencies: ["Base64Stream", "Deflate", "JSONText", "POSIX", "SourceTree", .crypto],
      swiftSettings: settings),
    .target(
      name: "SourceTree", dependencies: ["IgnoreRules", "JSONText", "POSIX", .subprocess],
      swiftSettings: settings),
    .target(name: "IgnoreRules", swiftSettings: settings),
    .target(name: "JSONText", dependencies: ["CTextKernels"], swiftSettings: settings),
    .target(name: "Base64Stream", dependencies: ["CBase64Kernels"], swiftSettings: settings),
    .target(name: "Deflate", dependencies: ["CZlib"], swiftSettings: settings),
    .target(name: "POSIX", dependencies: ["CPOSIX"], swiftSettings: settings),

    // C.
    .target(name: "CTextKernels"),
    .target(name: "CBase64Kernels"),
    .target(name: "CPOSIX"),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // Tests.
    .target(
      name: "TestSupport", dependencies: [.subprocess], path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "ActorProjectTests", dependencies: ["ActorProject", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "ApifyAPITests", dependencies: ["ApifyAPI", "Deflate", .nioCore, .nioHTTP1, .nioPosix],
      swiftSettings: settings),
    .testTarget(
      name: "Base64StreamTests",
      dependencies: ["Base64Stream", "CBase64Kernels", "TestSupport", .subprocess],
      swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests", dependencies: ["PlatformEmulator", "TestSupport", "actorpush"],
      swiftSettings: settings),
    .testTarget(name: "DeflateTests", dependencies: ["Deflate", .subprocess], swiftSettings: settings),
    .testTarget(name: "GitHooksTests", dependencies: ["GitHooks", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "IgnoreRulesTests", dependencies: ["IgnoreRules"], swiftSettings: settings),
    .testTarget(
      name: "JSONTextTests", dependencies: ["CTextKernels", "JSONText", "TestSupport", .subprocess],
      swiftSettings: settings),
    .testTarget(
      name: "PlatformEmulatorTests",
      dependencies: ["Deflate", "PlatformEmulator", .asyncHTTPClient, .nioCore, .nioHTTP1],
      swiftSettings: settings),
    .testTarget(
      name: "SourcePackageTests", dependencies: ["POSIX", "SourcePackage", "SourceTree", "TestSupport"],
      swiftSettings: settings),
    .testTarget(name: "TextDiffTests", dependencies: ["TestSupport", "TextDiff"], swiftSettings: settings),
    .testTarget(
      name: "ZipReaderTests", dependencies: ["TestSupport", "ZipReader"], swiftSettings: settings),
    .testTarget(
      name: "SourceTreeTests", dependencies: ["POSIX", "SourceTree", "TestSupport"], swiftSettings: settings),
  ]
)
