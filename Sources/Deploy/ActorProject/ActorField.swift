// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A field of actor.json. The tables here are what the program knows of the file: what it may say is
/// checked, read and rewritten by them.
///
/// Where the platform's documentation and its clients leave open whether they take a value, it is doubtful,
/// not invalid.
package struct ActorField: Sendable {
  /// What its value is.
  enum Form: Sendable {
    /// The number 1.
    case specification
    /// A string that is valid for the type whose initializer this is; nil for any.
    case string((@Sendable (String) throws(InvalidValue) -> Void)?)
    case boolean
    /// Megabytes; a string may be an expression, which the platform computes from the input.
    case memory(orExpression: Bool)
    /// The path of a text, relative to the directory of actor.json.
    case file
    /// The path of a directory, relative to that of actor.json.
    case directory
    /// A schema, or the path of a file that has it.
    case schema
    /// An object of schemas.
    case schemas
    /// Environment variables.
    case variables
    /// An object with these fields.
    case object([ActorField])
    /// An object that others read.
    case foreign
  }

  package let name: String
  let form: Form
  /// Whether requests are made of it. apify.json, the legacy form of the file, has these fields alone.
  private(set) var isSent = false

  init(_ name: String, _ form: Form) { (self.name, self.form) = (name, form) }

  private var sent: ActorField {
    var field = self
    field.isSent = true
    return field
  }

  /// The documented fields.
  package static let all = [
    ActorField("actorSpecification", .specification),
    ActorField("name", .string { (text) throws(InvalidValue) in _ = try ActorName(text) }).sent,
    ActorField("version", .string { (text) throws(InvalidValue) in _ = try VersionNumber(text) }).sent,
    ActorField("buildTag", .string { (text) throws(InvalidValue) in _ = try BuildTag(text) }).sent,
    ActorField("environmentVariables", .variables).sent,
    ActorField("title", .string(nil)).sent,
    ActorField("description", .string(nil)).sent,
    ActorField("meta", .foreign),
    ActorField("usesStandbyMode", .boolean).sent,
    ActorField("dockerContextDir", .directory),
    ActorField("dockerfile", .file),
    ActorField("readme", .file),
    ActorField("changelog", .file),
    ActorField("input", .schema),
    ActorField("inputSchema", .schema),
    ActorField("output", .schema),
    ActorField("outputSchema", .schema),
    ActorField("webServerSchema", .schema),
    ActorField("webServerMcpPath", .string(nil)),
    ActorField("storages", .object(storages)),
    ActorField("defaultMemoryMbytes", .memory(orExpression: true)),
    ActorField("minMemoryMbytes", .memory(orExpression: false)),
    ActorField("maxMemoryMbytes", .memory(orExpression: false)),
  ]

  /// The documented fields of "storages".
  package static let storages = [
    ActorField("dataset", .schema),
    ActorField("datasets", .schemas),
    ActorField("keyValueStore", .schema),
    ActorField("keyValueStores", .schemas),
    ActorField("requestQueue", .schema),
    ActorField("requestQueues", .schemas),
  ]

  /// The legacy name of the file, which has other fields.
  package static let legacyFile = "apify.json"

  /// The fields that are known in `file`.
  static func fields(of file: String) -> [ActorField] { file == legacyFile ? all.filter(\.isSent) : all }
}
