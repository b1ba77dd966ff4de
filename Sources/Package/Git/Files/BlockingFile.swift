// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// A file that git would open and never have done with: it waits where a FIFO has no writer, and a device may
/// have no end. What is read here is opened without waiting; before git is started, its files are looked at.
package struct BlockingFile: Error, Equatable, Sendable {
  package let path: [UInt8]
  /// "a FIFO", "a device".
  package let kind: String

  /// The file at `path`, through links, where git would not have done with it; nil where it would.
  package init?(_ path: [UInt8]) { self.init(path, in: AT_FDCWD, shownAs: path) }

  /// The same for `name` in an open directory, whose path is `shown`.
  init?(_ name: [UInt8], in directory: Int32, shownAs shown: [UInt8]) {
    guard let status = try? Paths.status(CString(name), in: directory) else { return nil }
    if status.isFIFO {
      kind = "a FIFO"
    } else if status.isDevice, status.identity != Self.null {
      kind = "a device"
    } else {
      return nil
    }
    path = shown
  }

  /// The device that ends at once: it stands for an empty file in many configurations.
  private static let null = Paths.status(Array("/dev/null".utf8))?.identity
}
