// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An element of `sourceFiles` as it comes: of the right types, and nothing else checked.
struct SourceFileInput: Decodable {
  let name: String?
  let folder: Bool?
  let format: String?
  let content: String?
}
