// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a version's document says beside its files. What is nil is not said, so that the platform keeps what
/// it has.
package struct DocumentHead: Sendable {
  /// An environment variable of the version.
  package struct EnvironmentVariable: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its value; nil keeps the secret that the platform has.
    package let value: String?
    /// Whether the platform keeps it secret.
    package let isSecret: Bool

    /// The variable `name` with `value`.
    package init(name: String, value: String?, isSecret: Bool) {
      self.name = name
      self.value = value
      self.isSecret = isSecret
    }
  }

  /// "0.1"; said when a version is created.
  package var versionNumber: String?
  /// The tag that a build of the version gets.
  package var buildTag: String?
  /// All variables of the version.
  package var environmentVariables: [EnvironmentVariable]?

  /// A head that says what is given.
  package init(
    versionNumber: String? = nil, buildTag: String? = nil, environmentVariables: [EnvironmentVariable]? = nil
  ) {
    self.versionNumber = versionNumber
    self.buildTag = buildTag
    self.environmentVariables = environmentVariables
  }

  /// The document up to the "[" of its files.
  func opening() -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    func member(_ name: String, _ value: String) {
      text += Array("\"\(name)\":".utf8) + JSONString.quoted(value) + [UInt8(ascii: ",")]
    }
    if let versionNumber { member("versionNumber", versionNumber) }
    member("sourceType", "SOURCE_FILES")
    if let buildTag { member("buildTag", buildTag) }
    if let environmentVariables {
      let items = environmentVariables.map { variable in
        Array("{\"name\":".utf8) + JSONString.quoted(variable.name)
          + (variable.value.map { Array(",\"value\":".utf8) + JSONString.quoted($0) } ?? [])
          + Array(",\"isSecret\":\(variable.isSecret)}".utf8)
      }
      text += Array("\"envVars\":[".utf8) + items.joined(separator: [UInt8(ascii: ",")]) + Array("],".utf8)
    }
    return text + Array("\"sourceFiles\":[".utf8)
  }

  /// The document from the "]" of its files on.
  static let closing = Array("]}".utf8)
}
