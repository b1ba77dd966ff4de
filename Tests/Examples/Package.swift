// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import PackageDescription

// A program that uses the public libraries, as others would; scripts/check-examples builds and runs it.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "actorpush", path: "../..")],
  targets: [
    .executableTarget(
      name: "package-report",
      dependencies: [
        .product(name: "Base64Stream", package: "actorpush"),
        .product(name: "JSONText", package: "actorpush"),
        .product(name: "SourcePackage", package: "actorpush"),
        .product(name: "SourceTree", package: "actorpush"),
      ])
  ]
)
