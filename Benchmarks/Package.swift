// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import PackageDescription

let encoding: [Target.Dependency] = [
  .product(name: "Base64Stream", package: "actorpush"),
  .product(name: "JSONText", package: "actorpush"),
]

let package = Package(
  name: "actorpush-benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "actorpush", path: ".."),
    // Without its traits it needs no jemalloc; its own counts of allocations then read 0 (see
    // scripts/bench.d/allocations).
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "EncodingBenchmarks",
      dependencies: encoding + [.product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/EncodingBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(name: "encoding-peers", dependencies: encoding),
  ]
)
