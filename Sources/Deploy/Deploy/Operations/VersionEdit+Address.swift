// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import SourcePackage
internal import SystemIO

extension VersionEdit.Source {
  /// What it is as an option, and its address.
  private var option: (name: String, address: String) {
    switch self {
    case .gitRepository(let address): ("--git-repo", address)
    case .tarball(let address): ("--tarball", address)
    case .gist(let address): ("--gist", address)
    }
  }

  /// Why the platform could fetch nothing from it; nil where it may.
  package var fault: String? {
    let (name, address) = option
    if address.isEmpty { return "\(name) must not be empty" }
    switch self {
    case .gitRepository:
      return Self.isRepository(address)
        ? nil : "\(name) takes an address, as https://github.com/user/repo or git@github.com:user/repo"
    case .tarball, .gist:
      return Self.hasScheme(address, ["https", "http"])
        ? nil : "\(name) takes an address, as https://example.com/…"
    }
  }

  /// Throws where `search` finds a secret in it: all who see the version see its address.
  package func check(_ search: SecretSearch) throws(DeployError) {
    let (name, address) = option
    let bytes = Array(address.utf8)
    // SAFETY: bytes have no padding; the array lives as long as the call.
    guard let secret = search.firstName(in: unsafe bytes.span.bytes) else { return }
    throw .project(
      ProjectError(
        .invalidInput,
        reason: "\(name): the address holds \(TerminalText.of(secret)), and all who see the version see it",
        help: "leave it out"))
  }

  private static func hasScheme(_ address: String, _ schemes: [String]) -> Bool {
    schemes.contains { address.lowercased().hasPrefix($0 + "://") }
  }

  /// Whether git would fetch from it over the network: an address, or a place as scp(1) names it,
  /// `host:path`.
  private static func isRepository(_ address: String) -> Bool {
    if address.utf8.contains(where: { $0 <= 0x20 }) { return false }
    if hasScheme(address, ["https", "http", "ssh", "git"]) { return true }
    guard !address.contains("://"), let colon = address.firstIndex(of: ":") else { return false }
    let (host, path) = (address[..<colon], address[address.index(after: colon)...])
    return !host.isEmpty && !host.contains("/") && !path.isEmpty && !path.contains("@")
  }
}
