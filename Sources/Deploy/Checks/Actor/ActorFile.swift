// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

/// The actor.json of a package, as checks read it.
struct ActorFile {
  /// A path in it.
  struct Named {
    /// As it is written.
    let written: [UInt8]
    /// In the package; nil where it leads out of that.
    let resolved: [UInt8]?
  }

  /// Its path in the package; empty where there is none.
  let file: [UInt8]
  /// Nil where there is none, or it is no JSON.
  let json: JSONFile?
  /// The same.
  let configuration: ActorConfiguration?
  /// Why it is no JSON.
  let error: ProjectError?

  init(_ package: CheckedPackage) {
    let places = ActorConfiguration.places.map { Array($0.utf8) }
    guard let file = places.first(where: package.hasFile), let text = package.contents(file) else {
      self.file = []
      (json, configuration, error) = (nil, nil, nil)
      return
    }
    self.file = file
    let name = String(decoding: file, as: UTF8.self)
    do throws(ProjectError) {
      let read = try JSONFile(text, name: name, code: .invalidConfiguration)
      // What is wrong with its values `ActorField` finds, all of it.
      (json, configuration, error) = (read, ActorConfiguration(read, file: name), nil)
    } catch {
      (json, configuration, self.error) = (nil, nil, error)
    }
  }

  var isThere: Bool { !file.isEmpty }

  /// The directory that its paths are relative to.
  var directory: [UInt8] { PackagePath.parent(file) }

  var variableNames: [String] { configuration?.environmentVariables?.map(\.name) ?? [] }

  /// The string at `path`, which names a file; nil where there is none, and where it is an address or
  /// absolute.
  func path(_ keys: String...) -> Named? { path(keys) }

  func path(_ keys: [String]) -> Named? {
    guard let written = json?.path(at: keys).map({ Array($0.utf8) }) else { return nil }
    return Named(written: written, resolved: PackagePath.resolve(written, in: directory))
  }

  /// The value at `path`.
  func value(_ path: [String]) -> JSONFile.Value? { json?.value(at: path) }

  /// Where the value at `path` stands.
  func place(_ path: [String]) -> Finding.Place {
    let position = json?.position(path)
    return Finding.Place(file, line: position?.line, column: position?.column)
  }
}
