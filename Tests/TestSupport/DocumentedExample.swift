// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// The example on a library's documentation page, and the same code in a test, which compiles and runs it. In
/// the test it stands between the lines "// The example begins." and "// The example ends.".
package struct DocumentedExample {
  /// The text of `<library>.docc/<library>.md`.
  package let page: String
  /// The block of code that the page must contain: the import and the test's lines.
  package let block: String

  package init(of library: String, testFile: String) throws {
    let test = URL(filePath: testFile)
    let root = test.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = "Sources/Libraries/\(library)/\(library).docc/\(library).md"
    page = try String(contentsOf: root.appending(path: path), encoding: .utf8)

    let lines = try String(contentsOf: test, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let begin = lines.firstIndex { $0.hasSuffix("// The example begins.") } ?? lines.endIndex - 1
    let end = lines.firstIndex { $0.hasSuffix("// The example ends.") } ?? lines.endIndex
    let indentation = lines[begin].prefix { $0 == " " }.count
    let code = lines[(begin + 1)..<end].map { String($0.dropFirst(indentation)) }
    block = Self.block("swift", ["import \(library)", ""] + code)
  }

  /// The block that shows what the example prints.
  package static func output(_ lines: [String]) -> String { block("", lines) }

  private static func block(_ language: String, _ lines: [String]) -> String {
    "```\(language)\n" + lines.joined(separator: "\n") + "\n```\n"
  }
}
