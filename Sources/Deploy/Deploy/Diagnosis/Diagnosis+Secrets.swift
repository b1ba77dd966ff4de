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
    let help = finds.first.map { first in
      "remove it, exclude the file in .actorignore, or allow it with --allow-secret-in "
        + TerminalText.of(first.path)
    }
    self.init(
      type: "secret-in-package", message: message, help: help, status: .invalidInput, phase: "package")
  }

  /// Which secret stands where: never its value.
  private static func found(_ find: SecretFinder.Find) -> String {
    "\(TerminalText.of(find.path)):\(find.line): contains \(TerminalText.of(find.name))"
  }
}
