// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SystemIO

extension Diagnosis {
  /// How many secrets a message names.
  private static let shownSecrets = 5

  /// That the package holds secrets.
  init(_ finds: [SecretFinder.Find]) {
    var message = finds.prefix(Self.shownSecrets).map(Self.found).joined(separator: "; ")
    if finds.count > Self.shownSecrets { message += "; and \(finds.count - Self.shownSecrets) more" }
    self.init(
      type: "secret-in-package", message: message, help: finds.first.map(Self.secretHelp),
      status: .invalidInput, phase: "package")
  }

  /// What to do about a secret in a file.
  static func secretHelp(_ find: SecretFinder.Find) -> String {
    "remove it, exclude the file in .actorignore, or allow it with --allow-secret-in "
      + TerminalText.of(find.path)
  }

  /// Which secret stands where: never its value.
  private static func found(_ find: SecretFinder.Find) -> String {
    "\(TerminalText.of(find.path)):\(find.line): contains \(TerminalText.of(find.name))"
  }
}
