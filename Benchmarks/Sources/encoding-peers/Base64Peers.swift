// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import Foundation

/// Our encoder beside libbase64, Foundation and memcpy, from and to the same memory.
func compareBase64(libbase64: String, figures: String) {
  let largest = 64 << 20
  let input = UnsafeMutableRawBufferPointer.allocate(byteCount: largest, alignment: 4096)
  let output = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Base64Encoder.encodedCount(largest), alignment: 4096)
  var generator = SystemRandomNumberGenerator()
  for word in input.bindMemory(to: UInt64.self).indices {
    input.storeBytes(of: generator.next(), toByteOffset: word * 8, as: UInt64.self)
  }
  output.initializeMemory(as: UInt8.self, repeating: 0)
  let peer = loadFunction("base64_encode", from: libbase64, as: LibBase64Encode.self)
  let python = loadFigures(figures)["pybase64"] ?? [:]

  print("GB/s of input, best of many turns; kernel \(Base64Kernel.best) of \(Base64Kernel.available)")
  let table = Table([
    "size", "ours", "libbase64", "pybase64", "Foundation", "memcpy", "of libb64", "of memcpy",
    // In chunks of 4 KiB, and how much that is of one call for the whole.
    "4K writer", "4K behind", "4K reused", "writer/1", "behind/1", "reused/1",
  ])
  var lines: [String] = []
  for size in [64, 1 << 10, 16 << 10, 64 << 10, 1 << 20, 16 << 20, 64 << 20] {
    let source = UnsafeMutableRawBufferPointer(rebasing: input[..<size])
    let data = Data(source)
    var race = Race()
    race.add("ours") {
      var span = OutputRawSpan(buffer: output, initializedCount: 0)
      Base64.encode(source.bytes, into: &span)
      _ = span.finalize(for: output)
    }
    if let peer {
      race.add("libbase64") {
        var written = 0
        peer(source.baseAddress, size, output.baseAddress, &written, 0)
      }
    }
    race.add("memcpy") { copy(source, to: output) }
    race.add("writer") { write(source, chunk: 4096, into: output) }
    race.add("behind") { encode(source, chunk: 4096, into: output, reusing: false) }
    race.add("reused") { encode(source, chunk: 4096, into: output, reusing: true) }
    race.add("Foundation") { _ = data.base64EncodedData() }
    let result = race.run(count: size)
    let ours = result["ours", default: 0]
    let memcpy = result["memcpy", default: 0]
    let writer = result["writer", default: 0]
    let behind = result["behind", default: 0]
    let reused = result["reused", default: 0]
    let pybase64 = python[String(size)]
    // The better of the two ways to call it, for each size.
    let libbase64 = [result["libbase64"], pybase64].compactMap(\.self).max()
    table.add(
      name(ofSize: size),
      [
        ours, result["libbase64"], pybase64, result["Foundation"], memcpy, libbase64.map { ours / $0 },
        ours / memcpy, writer, behind, reused, writer / ours, behind / ours, reused / ours,
      ])
    lines.append(
      jsonObject([
        ("size", Double(size)), ("ours_gbps", ours), ("libbase64_gbps", libbase64),
        ("pybase64_gbps", pybase64),
        ("foundation_gbps", result["Foundation"]), ("memcpy_gbps", memcpy),
        ("ratio", libbase64.map { ours / $0 }),
        ("memcpy_ratio", ours / memcpy), ("writer_4k_gbps", writer), ("behind_4k_gbps", behind),
        ("reused_4k_gbps", reused), ("writer_ratio", writer / ours), ("behind_ratio", behind / ours),
        ("reused_ratio", reused / ours),
      ]))
  }
  compareWithCoreutils(input)
  print("[\(lines.joined(separator: ","))]")
}

/// In chunks that are laid behind each other in one output, which is nobody else's until all are.
private func write(
  _ input: UnsafeMutableRawBufferPointer, chunk: Int, into output: UnsafeMutableRawBufferPointer
) {
  var span = OutputRawSpan(
    buffer: UnsafeMutableRawBufferPointer(rebasing: output[..<Base64Encoder.encodedCount(input.count)]),
    initializedCount: 0)
  Base64.encodeStream(into: &span) { writer in
    var offset = 0
    while offset < input.count {
      let end = min(offset + chunk, input.count)
      writer.write(input.bytes.extracting(offset..<end))
      offset = end
    }
  }
}

/// In chunks, behind each other or, `reusing`, each to the start of the output, as where each is handed on at
/// once.
private func encode(
  _ input: UnsafeMutableRawBufferPointer, chunk: Int, into output: UnsafeMutableRawBufferPointer,
  reusing: Bool
) {
  var encoder = Base64Encoder()
  var span = OutputRawSpan(buffer: output, initializedCount: 0)
  var offset = 0
  while offset < input.count {
    let end = min(offset + chunk, input.count)
    if reusing { span.removeAll() }
    encoder.encode(input.bytes.extracting(offset..<end), into: &span)
    offset = end
  }
  encoder.finish(into: &span)
  _ = span.finalize(for: output)
}

/// A whole process beside: it reads a file from the page cache and writes to /dev/null.
private func compareWithCoreutils(_ input: UnsafeMutableRawBufferPointer) {
  let file = FileManager.default.temporaryDirectory.appending(path: "encoding-peers-\(getpid())")
  defer { try? FileManager.default.removeItem(at: file) }
  guard (try? Data(input).write(to: file)) != nil else { return }
  var race = Race()
  race.add("coreutils") { system("base64 -w0 '\(file.path)' >/dev/null") }
  let figure = race.run(count: input.count)["coreutils", default: 0]
  print(String(format: "coreutils base64 -w0 of 64 MiB, as a process: %.2f GB/s", figure))
}
