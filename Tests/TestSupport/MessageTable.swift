// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import Synchronization

/// The messages that tests have seen, to be read: in Markdown, in the directory that ACTORPUSH_TABLES names.
package enum MessageTable {
  private static let written = Mutex<[String: [String: String]]>([:])

  /// Adds what was said of `situation` to the table `name`; does nothing where no directory is named.
  package static func add(_ text: String, of situation: String, to name: String) {
    guard let directory = ProcessInfo.processInfo.environment["ACTORPUSH_TABLES"] else { return }
    written.withLock { tables in
      tables[name, default: [:]][situation] = text
      let rows = (tables[name] ?? [:]).sorted { $0.key < $1.key }.map { situation, text in
        "**\(situation)**\n\n```\n\(text.hasSuffix("\n") ? text : text + "\n")```\n"
      }
      let page = "# \(name)\n\n" + rows.joined(separator: "\n")
      try? Data(page.utf8).write(to: URL(filePath: "\(directory)/\(name).md"))
    }
  }
}
