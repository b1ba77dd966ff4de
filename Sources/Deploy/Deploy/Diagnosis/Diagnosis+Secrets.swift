// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourcePackage
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
    if find.line == nil { return "rename it, or exclude it in .actorignore" }
    return "remove it, exclude the file in .actorignore, or allow it with --allow-secret-in "
      + ShellText.word(find.path)
  }

  /// Which secret stands where: never its value.
  private static func found(_ find: SecretFinder.Find) -> String { "\(find.place): \(find.words)" }
}

extension SecretFinder.Find {
  /// Where it stands: "src/a.js:3", or the directory of what is named by it.
  package var place: String {
    guard let line else { return path.isEmpty ? "the project directory" : TerminalText.of(path) }
    return "\(TerminalText.of(path)):\(line)"
  }

  /// That it is there: "contains your Apify API token".
  package var words: String {
    (line == nil ? "the name of something in it " : "") + "contains \(TerminalText.of(name))"
  }
}
