// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What is wrong with a zip, and where.
package struct ZipReaderError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Cause: Equatable, Sendable {
    /// It has no end record: it is no zip, or it was cut off.
    case notZip
    /// It ends too early.
    case truncated
    /// It is one part of several.
    case severalParts
    /// Its directory does not hold together, and how.
    case brokenDirectory(String)
    /// Its directory has more bytes than any real one.
    case directoryTooLarge(limit: Int)
    /// An extra field of a member is broken.
    case brokenExtraField
    /// The member is encrypted.
    case encrypted
    /// The member is compressed by a method that is neither "stored" nor "deflated".
    case unknownMethod(UInt16)
    /// The member's own header says something else than the directory, and about what.
    case headerDisagrees(String)
    /// The member lies, or reaches, outside of the part of the zip that is for members.
    case outside
    /// The member shares bytes with another one.
    case overlap
    /// The compressed contents are broken, in zlib's words.
    case corrupt(String)
    /// The contents don't have the length that the directory says.
    case wrongLength
    /// The contents don't have the checksum that the directory says.
    case wrongChecksum
    /// The name is absolute, leads out of the folder, or is none that every system can have.
    case unsafeName
    /// Another member has this name.
    case duplicate
    /// A member that is above it in its path is a file.
    case belowFile
    /// A folder that has contents.
    case folderWithContents
    /// Neither a file nor a folder nor a link.
    case specialFile
    /// A symbolic link to something outside.
    case linkLeadsOut
    /// All contents together are more than the reader wants.
    case tooMuch(limit: Int)
  }

  /// The name of the member that it is about, "/" at a folder's end included; nil for the zip as a whole.
  package let member: [UInt8]?
  /// Where in the zip it was noticed, in bytes from its start; nil where it is about no place.
  package let offset: Int?
  /// What is wrong.
  package let cause: Cause

  init(_ cause: Cause, member: [UInt8]? = nil, at offset: Int? = nil) {
    self.cause = cause
    self.member = member
    self.offset = offset
  }
}

extension ZipReaderError: CustomStringConvertible {
  /// One line for people, with the member's name as it is: it is to be escaped where it is shown.
  package var description: String {
    let name = member.map { "\"\(TerminalText.utf8($0))\": " } ?? ""
    return name + cause.description + (offset.map { " (at byte \($0))" } ?? "")
  }
}

extension ZipReaderError.Cause: CustomStringConvertible {
  /// What is wrong, in a few words.
  package var description: String {
    switch self {
    case .notZip: "it is no zip, or it was cut off: there is no directory at its end"
    case .truncated: "it ends too early"
    case .severalParts: "it is one part of a zip in several parts"
    case .brokenDirectory(let how): "the directory is broken: \(how)"
    case .directoryTooLarge(let limit): "the directory is larger than \(limit) bytes"
    case .brokenExtraField: "an extra field is broken"
    case .encrypted: "it is encrypted"
    case .unknownMethod(let method): "it is compressed by the unknown method \(method)"
    case .headerDisagrees(let what): "its header and the directory disagree about \(what)"
    case .outside: "it lies outside of what the zip has for members"
    case .overlap: "it overlaps with another member"
    case .corrupt(let how): "its contents are broken: \(how)"
    case .wrongLength: "its contents have another length than the directory says"
    case .wrongChecksum: "its contents have another checksum than the directory says"
    case .unsafeName: "its name is not one to unpack"
    case .duplicate: "the name is there twice"
    case .belowFile: "what it lies in is a file"
    case .folderWithContents: "it is a folder with contents"
    case .specialFile: "it is neither a file nor a folder nor a link"
    case .linkLeadsOut: "it is a link that leads out of the zip"
    case .tooMuch(let limit): "the contents are more than \(limit) bytes"
    }
  }
}
