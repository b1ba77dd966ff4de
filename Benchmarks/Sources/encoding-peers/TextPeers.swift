// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Foundation
import JSONText

/// Our two passes over text beside simdjson's validation and the encoders of Python, on the files of the
/// folder.
func compareText(folder: String, simdjson: String) {
  let validate = loadFunction("peer_validate_utf8", from: simdjson, as: ValidateUTF8.self)
  let figures = loadFigures(folder + "/figures.json")
  print("GB/s of input; kernel \(TextKernel.best) of \(TextKernel.available)")
  let table = Table([
    "text         ", "bytes   ", "escape", "classify", "simdjson", "json.dumps", "to utf-8", "orjson",
    "memcpy",
    "of dumps", "of utf-8", "of orjson",
    "of simdjson",
  ])
  var lines: [String] = []
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  for file in files.sorted() where file.hasSuffix(".txt") {
    guard let bytes = FileManager.default.contents(atPath: folder + "/" + file).map([UInt8].init) else {
      continue
    }
    let room = JSONTextEscaper.maximumOutputCount(for: bytes.count)
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    input.copyBytes(from: bytes)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 4096)
    output.initializeMemory(as: UInt8.self, repeating: 0)
    defer { [input, output].forEach { $0.deallocate() } }

    var race = Race()
    race.add("escape") {
      var escaper = JSONTextEscaper()
      var span = OutputRawSpan(buffer: output, initializedCount: 0)
      blackHole = escaper.escape(input.bytes, into: &span) && escaper.isText
      _ = span.finalize(for: output)
    }
    race.add("classify") {
      var classifier = TextClassifier()
      blackHole = classifier.scan(input.bytes) && classifier.isText
    }
    if let validate { race.add("simdjson") { blackHole = validate(input.baseAddress, input.count) } }
    race.add("memcpy") { copy(input, to: output) }
    let result = race.run(count: bytes.count)
    let name = String(file.dropLast(4))
    let escape = result["escape", default: 0]
    let classify = result["classify", default: 0]
    let dumps = figures["json.dumps"]?[name]
    let dumpsUTF8 = figures["json.dumps utf-8"]?[name]
    let orjson = figures["orjson"]?[name]
    table.add(
      name,
      [
        Double(bytes.count), escape, classify, result["simdjson"], dumps, dumpsUTF8, orjson, result["memcpy"],
        dumps.map { escape / $0 }, dumpsUTF8.map { escape / $0 }, orjson.map { escape / $0 },
        result["simdjson"].map { classify / $0 },
      ])
    lines.append(
      "{\"text\":\"\(name)\","
        + jsonObject([
          ("size", Double(bytes.count)), ("ours_gbps", escape), ("classify_gbps", classify),
          ("simdjson_gbps", result["simdjson"]), ("json_dumps_gbps", dumps),
          ("json_dumps_utf8_gbps", dumpsUTF8), ("orjson_gbps", orjson),
          ("memcpy_gbps", result["memcpy"]), ("ratio", dumps.map { escape / $0 }),
        ]).dropFirst())
  }
  print("[\(lines.joined(separator: ","))]")
}

/// Where results go, so that no work is left out.
nonisolated(unsafe) var blackHole = false
