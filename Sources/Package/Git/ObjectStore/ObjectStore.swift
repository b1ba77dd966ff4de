// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// The objects of a repository that is as most are, read without git: loose ones, and those in packs
/// (gitformat-pack(5)). Where anything is unusual there is no store, and what it does not have or will not
/// read, git is asked for: that also gives the error.
///
/// Objects are those that were asked for, never their replacements (git-replace(1)), as from every git that
/// is started here.
package final class ObjectStore: Sendable {
  /// Larger ones are left to git, which reads them part by part.
  package static let objectLimit = 1 << 24
  /// What the indexes of all packs together have at the most.
  private static let indexLimit = 1 << 26
  /// How many packs there are at the most: each is an open file. git packs anew from 50 on.
  private static let packLimit = 64

  /// Where an object lies in a pack.
  struct Location: Hashable, Comparable, Sendable {
    let pack: Int
    let offset: Int

    static func < (one: Location, other: Location) -> Bool {
      one.pack != other.pack ? one.pack < other.pack : one.offset < other.offset
    }
  }

  let packs: [Pack]
  /// The directory of the loose objects.
  let directory: [UInt8]

  /// The objects of the repository with the common directory `common`; nil where they can't be read without
  /// git, or it is likely that git would read them elsewhere.
  package init?(common: [UInt8], environment: [String: String]) {
    guard Self.misleading.allSatisfy({ environment[$0] == nil }) else { return nil }
    directory = Paths.join(common, Array("objects".utf8))
    let alternates = Paths.join(directory, Array("info/alternates".utf8))
    guard Paths.status(directory)?.isDirectory == true,
      Paths.isAbsent(alternates),
      let packs = Self.packs(in: Paths.join(directory, Array("pack".utf8)))
    else { return nil }
    self.packs = packs
  }

  /// Variables that say where else objects are.
  private static let misleading = [
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR",
  ]

  private static func packs(in directory: [UInt8]) -> [Pack]? {
    guard Paths.status(directory) != nil else { return [] }
    var names: [[UInt8]] = []
    do throws(SystemError) {
      let opened = try Descriptor.open(CString(directory), as: .directoryThroughLinks)
      var scanner = DirectoryScanner()
      try scanner.scan(opened)
      for name in scanner.names {
        var bytes: [UInt8] = []
        scanner.append(name, to: &bytes)
        if bytes.suffix(4).elementsEqual(".idx".utf8) { names.append(bytes) }
      }
    } catch {
      return nil
    }
    guard names.count <= min(packLimit, (Descriptor.limit - 24) / 8) else { return nil }
    var packs: [Pack] = []
    var rest = indexLimit
    for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      do throws(Pack.Failure) {
        packs.append(try Pack(index: Paths.join(directory, name), limit: rest))
      } catch {
        if error == .unusual { return nil }
        continue
      }
      rest -= packs.last?.index.byteCount ?? 0
    }
    return packs
  }

  /// How many objects there are in packs; one that is in two of them counts twice.
  var packedCount: Int { packs.reduce(0) { $0 + $1.index.count } }

  /// Where the object `id` lies in a pack; nil where it is in none.
  func location(of id: ObjectID) -> Location? {
    for index in packs.indices {
      if let offset = packs[index].index.offset(of: id) { return Location(pack: index, offset: offset) }
    }
    return nil
  }
}

/// The store of a repository, opened when it is asked for.
final class ObjectStoreSlot: Sendable {
  private let repository: [UInt8]
  private let environment: [String: String]
  private let result = Mutex<ObjectStore??>(nil)

  /// - Parameter repository: the path of a `.git`.
  init(repository: [UInt8], environment: [String: String]) {
    self.repository = repository
    self.environment = environment
  }

  var store: ObjectStore? {
    result.withLock { result in
      if let known = result { return known }
      let found = ObjectStore(common: GitDirectories.common(of: repository), environment: environment)
      result = .some(found)
      return found
    }
  }
}
