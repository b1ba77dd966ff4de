// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import JSONText
import SourcePackage
import SourceTree

/// Prints what the package of a directory consists of, as one JSON object:
/// `package-report DIRECTORY`.
@main
enum PackageReport {
  static func main() throws {
    let directory = CommandLine.arguments.dropFirst().first ?? "."
    let files = try ProjectFiles(in: directory)
    let summary = try ProjectPackage.examine(files)
    let names = files.entries.filter { !$0.isDirectory }.map { quoted($0.path) }
    let first = files.entries.first.map { Base64.encodeToString($0.path.span.bytes) } ?? ""
    print(
      """
      {"digest":"\(summary.digest)","files":[\(names.joined(separator: ","))],"first":"\(first)"}
      """)
  }

  /// `text` as a string of JSON; null where it is not text.
  private static func quoted(_ text: [UInt8]) -> String {
    let capacity = JSONTextEscaper.maximumOutputCount(for: text.count)
    var escaper = JSONTextEscaper()
    let inside = String(unsafeUninitializedCapacity: capacity) { buffer in
      let memory = UnsafeMutableRawBufferPointer(buffer)
      var output = OutputRawSpan(buffer: memory, initializedCount: 0)
      _ = escaper.escape(text.span.bytes, into: &output)
      return output.finalize(for: memory)
    }
    return escaper.isText ? "\"\(inside)\"" : "null"
  }
}
