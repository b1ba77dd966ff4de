// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformModel
internal import SystemIO

/// The state on disk: `users.json`, `stores.json`, a file in `actors` for each Actor, in `builds` for each
/// build and in `runs` for each run, and the contents of records in `records`. It holds tokens and secrets:
/// only its owner may read it. One emulator at a time uses it.
struct DataDirectory: Sendable {
  private let path: String

  /// Opens the directory and creates it if it is missing.
  ///
  /// - Parameter lock: set to what keeps others out, as long as it lives. It belongs to the emulator, not to
  ///   this value: connections that are still being closed have the value, and must not keep the next
  ///   emulator out.
  init(path: String, lock: inout DirectoryLock?) throws(EmulatorError) {
    self.path = path
    do {
      for directory in [path, path + "/actors", path + "/builds", path + "/runs", path + "/records"]
      where !FileManager.default.fileExists(atPath: directory) {
        try FileManager.default.createDirectory(
          atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      }
    } catch {
      throw .data(path: path, reason: "cannot be made: \(Self.reason(error))")
    }
    do throws(SystemError) {
      lock = try DirectoryLock(path + "/.lock")
    } catch {
      throw .data(path: path, reason: "cannot be written to: \(error.message)")
    }
    if lock == nil { throw .data(path: path, reason: "is in use by another emulator") }
  }

  /// Reads what is in the directory; an empty state if it is new.
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
    return PlatformState(users: users, actors: actors, stores: stores, builds: try builds(), runs: try runs())
  }

  /// The builds; one that was under way when the emulator ended has ended with it.
  private func builds() throws(EmulatorError) -> [BuildRecord] {
    var builds: [BuildRecord] = []
    for name in try files("builds") {
      var build = try read(BuildRecord.self, "\(path)/builds/\(name)")
      build.interrupt()
      builds.append(build)
    }
    return builds
  }

  /// The runs; one that was under way when the emulator ended has ended with it.
  private func runs() throws(EmulatorError) -> [RunRecord] {
    var runs: [RunRecord] = []
    for name in try files("runs") {
      var run = try read(RunRecord.self, "\(path)/runs/\(name)")
      run.interrupt()
      runs.append(run)
    }
    return runs
  }

  /// The directory of the contents of records.
  var recordDirectory: String { path + "/records" }

  func save(_ users: [User]) throws(EmulatorError) { try write(users, to: "users.json", in: path) }

  /// Writes those parts of `state` that were changed.
  func save(_ changes: PlatformState.Changes, of state: PlatformState) throws(EmulatorError) {
    for actor in changes.actors.sorted().compactMap({ state.actors[$0] }) {
      try write(actor, to: "\(actor.id).json", in: path + "/actors")
    }
    for id in changes.builds.sorted() {
      if let build = state.builds[id] {
        try write(build, to: "\(id).json", in: path + "/builds")
      } else {
        try? Paths.remove(Array("\(path)/builds/\(id).json".utf8))
      }
    }
    for run in changes.runs.sorted().compactMap({ state.runs[$0] }) {
      try write(run, to: "\(run.id).json", in: path + "/runs")
    }
    guard changes.stores else { return }
    try write(state.stores.values.sorted { $0.id < $1.id }, to: "stores.json", in: path)
  }

  private func files(_ directory: String) throws(EmulatorError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(directory)")
        .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
        .sorted()
    } catch {
      throw .data(path: "\(path)/\(directory)", reason: "cannot be read: \(Self.reason(error))")
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

  private func write(_ value: some Encodable, to name: String, in directory: String) throws(EmulatorError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      try OutputFile.write(
        [UInt8](try encoder.encode(value)), to: Array("\(directory)/\(name)".utf8), mode: 0o600)
    } catch {
      throw .data(path: "\(directory)/\(name)", reason: "cannot be written: \(Self.reason(error))")
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
    if let error = error as? SystemError { return error.message }
    guard let error = error as? CocoaError else { return "\(error)" }
    return switch error.code {
    case .fileReadNoPermission, .fileWriteNoPermission: "permission denied"
    case .fileWriteFileExists, .fileWriteUnknown: "there is something else of that name in the way"
    case .fileReadNoSuchFile, .fileNoSuchFile: "no such file or directory"
    default: "file system error \(error.code.rawValue)"
    }
  }
}
