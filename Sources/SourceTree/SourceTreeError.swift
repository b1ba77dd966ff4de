// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import POSIX

/// Why a tree can't be packaged: what is wrong with which path.
package struct SourceTreeError: Error, Equatable, Sendable {
  /// The kinds of trouble; `rawValue` is what scripts see.
  package struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the kind.
    package let rawValue: String
    /// The kind that is called `rawValue`.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// There is no such folder.
    package static let folderNotFound = Code(rawValue: "folder-not-found")
    /// The path is not a folder.
    package static let notAFolder = Code(rawValue: "not-a-folder")
    /// The system refuses to open or read it.
    package static let unreadable = Code(rawValue: "unreadable")
    /// A symbolic link to something that lies outside of the pushed folder.
    package static let linkOutside = Code(rawValue: "link-outside")
    /// A symbolic link into a .git folder, which is never packaged.
    package static let linkIntoGit = Code(rawValue: "link-into-git")
    /// A symbolic link to nothing.
    package static let linkBroken = Code(rawValue: "link-broken")
    /// A symbolic link to a folder that it lies in, or to itself.
    package static let linkCycle = Code(rawValue: "link-cycle")
    /// A name that is not UTF-8.
    package static let nameNotUTF8 = Code(rawValue: "name-not-utf8")
    /// A file that changed while it was read.
    package static let changed = Code(rawValue: "file-changed")
    /// A file that was there and is gone.
    package static let vanished = Code(rawValue: "file-vanished")
  }

  /// The kind of trouble.
  package let code: Code
  /// The path, relative to the pushed folder (the folder itself: as it was given).
  package let path: [UInt8]
  /// Where a symbolic link points, as written in it.
  package let target: [UInt8]
  /// What the system said.
  package let system: SystemError?

  /// An error of the kind `code` about `path`.
  package init(_ code: Code, path: [UInt8], target: [UInt8] = [], system: SystemError? = nil) {
    self.code = code
    self.path = path
    self.target = target
    self.system = system
  }
}
