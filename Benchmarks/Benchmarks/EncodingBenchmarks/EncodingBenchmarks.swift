// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import Benchmark
import JSONText

// `swift package --package-path Benchmarks benchmark`: instructions and throughput per kernel and size. One
// iteration of the throughput column is one pass over the input that the name tells.

let sizes: [(name: String, bytes: Int)] = [
  ("64 B", 64), ("1 KiB", 1 << 10), ("16 KiB", 16 << 10), ("64 KiB", 64 << 10), ("1 MiB", 1 << 20),
  ("64 MiB", 64 << 20),
]
let chunks: [(name: String, bytes: Int)] = [
  ("1 B", 1), ("7 B", 7), ("64 B", 64), ("1 KiB", 1 << 10), ("4 KiB", 4 << 10), ("64 KiB", 64 << 10),
]

/// Not all the same, and the same each time; the encoder's speed doesn't depend on it.
func someBytes(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) }
}

func add(_ name: String, repeats: Int, buffers: @escaping () -> Buffers, body: @escaping (Buffers) -> Void) {
  var made: Buffers?
  Benchmark(
    name,
    configuration: .init(
      metrics: [.wallClock, .throughput, .instructions], warmupIterations: 2,
      scalingFactor: repeats >= 1000 ? .kilo : .one, maxDuration: .milliseconds(300), maxIterations: 10_000,
      setup: { made = buffers() }, teardown: { made?.deallocate() })
  ) { benchmark in
    guard let made else { return }
    for _ in benchmark.scaledIterations { body(made) }
  }
}

let benchmarks = { @Sendable () -> Void in
  for kernel in Base64Kernel.available {
    for size in sizes {
      add(
        "base64 \(kernel) \(size.name)", repeats: size.bytes <= 16 << 10 ? 1000 : 1,
        buffers: {
          Buffers(input: someBytes(size.bytes), outputCount: Base64Encoder.encodedCount(size.bytes))
        },
        body: { blackHole($0.encode(kernel: kernel)) })
    }
  }
  for chunk in chunks {
    add(
      "base64 stream of 1 MiB in chunks of \(chunk.name)", repeats: 1,
      buffers: {
        Buffers(input: someBytes(1 << 20), outputCount: Base64Encoder.encodedCount(chunk.bytes) + 4)
      },
      body: { blackHole($0.encode(inChunksOf: chunk.bytes)) })
  }
  for chunk in chunks where chunk.bytes >= 64 {
    add(
      "base64 writer of 64 MiB in chunks of \(chunk.name)", repeats: 1,
      buffers: {
        Buffers(input: someBytes(64 << 20), outputCount: Base64Encoder.encodedCount(64 << 20))
      },
      body: { blackHole($0.write(inChunksOf: chunk.bytes)) })
  }
  for kernel in TextKernel.available {
    for text in Texts.all {
      let room = JSONTextEscaper.maximumOutputCount(for: text.bytes.count)
      add(
        "text escape \(kernel) \(text.name)", repeats: 1,
        buffers: { Buffers(input: text.bytes, outputCount: room) },
        body: { blackHole($0.escape(kernel: kernel)) })
      add(
        "text classify \(kernel) \(text.name)", repeats: 1,
        buffers: { Buffers(input: text.bytes, outputCount: 1) },
        body: { blackHole($0.classify(kernel: kernel)) })
    }
  }
}
