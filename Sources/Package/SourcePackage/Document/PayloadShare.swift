// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Base64Stream
package import SourceTree
internal import SystemIO

/// What one entry takes of the platform's limits, where the files are sent inline.
package struct PayloadShare: Sendable, Equatable {
  /// Bytes of content, as ``PackageSummary/inlineBytes`` counts them.
  package let inlineBytes: Int
  /// Bytes of its object in the document, without a comma.
  package let requestBytes: Int

  /// The share of the file at `path`, relative to the project directory.
  package init(ofFile path: [UInt8], _ contents: ContentFacts) {
    let contentCount: Int
    let syntax: String
    switch contents.format {
    case .text:
      inlineBytes = contents.byteCount + contents.supplementaryCount
      contentCount = contents.escapedCount
      syntax = #"{"name":,"format":"TEXT","content":""}"#
    case .base64:
      inlineBytes = Base64Encoder.encodedCount(contents.byteCount)
      contentCount = inlineBytes
      syntax = #"{"name":,"format":"BASE64","content":""}"#
    }
    requestBytes = syntax.utf8.count + Self.quotedCount(path) + contentCount
  }

  /// The share of the directory at `path`.
  package init(ofFolder path: [UInt8]) {
    inlineBytes = 0
    requestBytes = #"{"name":,"folder":true}"#.utf8.count + Self.quotedCount(path)
  }

  private static func quotedCount(_ path: [UInt8]) -> Int {
    var buffer = WriteBuffer(capacity: path.count + 16)
    JSONString.append(path, to: &buffer)
    return buffer.count
  }
}
