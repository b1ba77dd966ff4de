// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SourceTree
internal import SystemIO

/// Looks for secrets in what is about to be packaged: values that are known to be secret, and what looks like
/// a token of the platform.
package struct SecretScan: Sendable {
  /// A secret in a file.
  package struct Find: Sendable, Equatable {
    /// The file, relative to the project directory.
    package let path: [UInt8]
    /// What it is called: never its value.
    package let name: String
  }

  /// What every token of the platform begins with, and how many letters and digits follow at least.
  private static let tokenPrefix = Array("apify_api_".utf8)
  private static let tokenTail = 20
  /// A shorter value would be found by chance.
  private static let shortest = 8
  /// A file that is longer is no configuration; secrets are typed or pasted into small ones.
  private static let longestFile = 8 << 20

  private let secrets: [(name: String, value: [UInt8])]

  /// A scan for `secrets`, names and values.
  package init(_ secrets: [(name: String, value: String)]) {
    self.secrets = secrets.map { ($0.name, Array($0.value.utf8)) }.filter { $0.value.count >= Self.shortest }
  }

  /// The first file of `plan` that holds a secret. Blocks.
  func find(in plan: Plan) throws(DeployError) -> Find? {
    do throws(SourceTreeError) { return try first(in: plan) } catch { throw DeployError(error) }
  }

  private func first(in plan: Plan) throws(SourceTreeError) -> Find? {
    var reader = try PlanReader(plan)
    for index in plan.entries.indices where plan.entries[index].kind != .folder {
      let file = try reader.open(index)
      guard file.status.byteCount <= Self.longestFile else { continue }
      let bytes = try file.contents()
      if let name = find(in: bytes) { return Find(path: plan.path(of: index), name: name) }
    }
    return nil
  }

  /// The name of a secret in `bytes`.
  func find(in bytes: [UInt8]) -> String? {
    for secret in secrets where Self.range(of: secret.value, in: bytes, from: 0) != nil { return secret.name }
    var start = 0
    while let found = Self.range(of: Self.tokenPrefix, in: bytes, from: start) {
      let tail = bytes[(found + Self.tokenPrefix.count)...].prefix { byte in
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
      }
      if tail.count >= Self.tokenTail { return "an Apify API token" }
      start = found + 1
    }
    return nil
  }

  private static func range(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first else { return nil }
    let end = bytes.count - needle.count
    var start = start
    while start <= end {
      // SAFETY: within the array, which lives as long as the call.
      let found = unsafe bytes.withUnsafeBytes { bytes -> Int? in
        guard let base = bytes.baseAddress,
          let found = unsafe memchr(base + start, Int32(first), end - start + 1)
        else { return nil }
        return unsafe UnsafeRawPointer(found) - base
      }
      guard let found else { return nil }
      if bytes[found..<(found + needle.count)].elementsEqual(needle) { return found }
      start = found + 1
    }
    return nil
  }
}

extension SecretScan {
  /// A scan for the secrets of the user's files, and for the token in use.
  package init(_ context: OperationContext) {
    var secrets = context.userFiles.secrets().map { (name: "the secret \($0.name)", value: $0.value) }
    let credentials = Credentials(
      tokenFile: nil, variable: context.variable("APIFY_TOKEN"), userFiles: context.userFiles)
    if let token = try? credentials.token() { secrets.append((name: "your Apify API token", value: token)) }
    self.init(secrets)
  }
}
