// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// The state on disk: `users.json`, `stores.json`, a file in `actors` for each Actor and in `builds` for each build, and the contents of
/// records in `records`. Tokens and secrets are in there, so only its owner may read it, and only one emulator at a time has it.
struct DataDirectory: Sendable {
  private let path: String

  /// Opens the directory, which is made where there is none.
  ///
  /// - Parameter lock: what keeps others out, as long as it lives. It is the emulator's own: connections that are still being closed
  ///   hold the directory, and shall not hold up the next emulator.
  init(path: String, lock: inout OpenFile?) throws(EmulatorError) {
    self.path = path
    do {
      for folder in [path, path + "/actors", path + "/builds", path + "/records"]
      where !FileManager.default.fileExists(atPath: folder) {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      }
    } catch {
      throw .data(path: path, reason: "cannot be made: \(Self.reason(error))")
    }
    let file: OpenFile
    do {
      file = try OpenFile(path + "/.lock", .lock)
    } catch {
      throw .data(path: path, reason: "cannot be written to: \(error)")
    }
    guard file.lock() else { throw .data(path: path, reason: "is in use by another emulator") }
    lock = file
  }

  /// What is in the directory; an empty state where it is new.
  func load() throws(EmulatorError) -> PlatformState {
    let usersPath = path + "/users.json"
    let users = FileManager.default.fileExists(atPath: usersPath) ? try read([User].self, usersPath) : []
    var actors: [ActorRecord] = []
    for name in try files("actors") {
      let actorPath = "\(path)/actors/\(name)"
      let actor = try read(ActorRecord.self, actorPath)
      guard name == "\(actor.id).json" else {
        throw .data(path: actorPath, reason: "holds the Actor \(actor.id); the file's name must be its id")
      }
      guard users.contains(where: { $0.id == actor.userId }) else {
        throw .data(path: actorPath, reason: "belongs to the user \(actor.userId), who is not in users.json")
      }
      actors.append(actor)
    }
    let storesPath = path + "/stores.json"
    let stores =
      FileManager.default.fileExists(atPath: storesPath) ? try read([StoreRecord].self, storesPath) : []
    return PlatformState(users: users, actors: actors, stores: stores, builds: try builds())
  }

  /// The builds; one that was under way when the emulator ended has ended with it.
  private func builds() throws(EmulatorError) -> [BuildRecord] {
    var builds: [BuildRecord] = []
    for name in try files("builds") {
      var build = try read(BuildRecord.self, "\(path)/builds/\(name)")
      if !build.status.isFinal {
        build.status = .failed
        build.finishedAt = build.startedAt
        build.log.append("\(build.startedAt.iso8601) ERROR: The emulator was ended while this was under way.")
      }
      builds.append(build)
    }
    return builds
  }

  /// Where the contents of records lie.
  var recordFolder: String { path + "/records" }

  func save(_ stores: [StoreRecord]) throws(EmulatorError) { try write(stores, to: "stores.json", in: path) }

  func save(_ build: BuildRecord) throws(EmulatorError) {
    try write(build, to: "\(build.id).json", in: path + "/builds")
  }

  func save(_ users: [User]) throws(EmulatorError) { try write(users, to: "users.json", in: path) }

  func save(_ actor: ActorRecord) throws(EmulatorError) {
    try write(actor, to: "\(actor.id).json", in: path + "/actors")
  }

  private func files(_ folder: String) throws(EmulatorError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
        .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
        .sorted()
    } catch {
      throw .data(path: "\(path)/\(folder)", reason: "cannot be read: \(Self.reason(error))")
    }
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws(EmulatorError) -> Value {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .data(path: path, reason: "cannot be read: \(Self.reason(error))")
    }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw .data(path: path, reason: "is broken: \(Self.damage(error))")
    }
  }

  private func write(_ value: some Encodable, to name: String, in folder: String) throws(EmulatorError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      try AtomicFile.write([UInt8](try encoder.encode(value)), to: name, in: folder)
    } catch {
      throw .data(path: "\(folder)/\(name)", reason: "cannot be written: \(Self.reason(error))")
    }
  }

  private static func damage(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound, DecodingError.typeMismatch, DecodingError.valueNotFound:
      PlatformError.undecodable(error).message
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      PlatformError.undecodable(error).message
    default: "it is not valid JSON"
    }
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    return switch error.code {
    case .fileReadNoPermission, .fileWriteNoPermission: "permission denied"
    case .fileWriteFileExists, .fileWriteUnknown: "there is something else of that name in the way"
    case .fileReadNoSuchFile, .fileNoSuchFile: "no such file or directory"
    default: "file system error \(error.code.rawValue)"
    }
  }
}
