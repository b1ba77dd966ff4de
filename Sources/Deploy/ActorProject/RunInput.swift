// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The input of a run: a JSON object.
package struct RunInput: Sendable {
  /// The text, as it is in its file.
  package let bytes: [UInt8]

  /// Checks `bytes`, the contents of `file`.
  ///
  /// - Throws: `invalidInput` that names the file and the position.
  package init(_ bytes: [UInt8], file: String) throws(ProjectError) {
    _ = try JSONFile(bytes, name: file, code: .invalidInput)
    self.bytes = bytes
  }
}
