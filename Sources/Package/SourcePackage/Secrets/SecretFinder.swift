// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourceTree
internal import Synchronization
internal import SystemIO

/// Searches the files of one plan for secrets while they are packaged: no file is read for that alone.
package final class SecretFinder: Sendable {
  /// A secret in a file.
  package struct Find: Sendable, Equatable {
    /// The file, relative to the project directory.
    package let path: [UInt8]
    /// The line that it begins in, from 1; nil where it stands in the name of something in the directory
    /// `path`.
    package let line: Int?
    /// What it is called; never its value.
    package let name: String

    /// The secret `name` in line `line` of the file at `path`.
    package init(path: [UInt8], line: Int?, name: String) {
      self.path = path
      self.line = line
      self.name = name
    }
  }

  /// A secret in a file, before its line is counted.
  private struct Place: Hashable {
    let index: Int
    let secret: Int
  }

  /// How many are kept: a directory of copies must not cost memory.
  private static let limit = 1000

  private let search: SecretSearch
  private let allowed: Set<[UInt8]>
  private let places = Mutex<[Place: Int]>([:])

  /// A finder by `search`, which passes over the files at the paths `allowed`.
  package init(_ search: SecretSearch, allowing allowed: Set<[UInt8]> = []) {
    self.search = search
    self.allowed = allowed
  }

  /// How many bytes behind a segment have to be seen with it.
  var overlap: Int { search.overlap }

  /// Searches `bytes`, which begin at `offset` of the file at `index` of the plan.
  func inspect(_ bytes: RawSpan, at offset: Int, of index: Int, path: @autoclosure () -> [UInt8]) {
    search.forEachMatch(in: bytes) { match in
      if allowed.contains(path()) { return }
      let place = Place(index: index, secret: match.secret)
      places.withLock { places in
        if let before = places[place] {
          places[place] = min(before, offset + match.offset)
        } else if places.count < Self.limit {
          places[place] = offset + match.offset
        }
      }
    }
  }

  /// Reads the files at `indices` of `plan` for this alone. One that is gone holds nothing.
  package func inspect(_ indices: [Int], of plan: Plan) throws(SourceTreeError) {
    if indices.isEmpty { return }
    var reader = try FileReader(plan, finder: self)
    for index in indices {
      do throws(SourceTreeError) { try reader.readThrough(index) } catch {
        if error.code != .vanished { throw error }
      }
    }
  }

  /// What was found in the files of `plan`, in its order: the first occurrence of each secret in each file.
  ///
  /// - Throws: where a file is not what it was any longer.
  package func finds(in plan: Plan) throws(SourceTreeError) -> [Find] {
    let places = places.withLock { $0 }
    var finds = findsInNames(of: plan)
    if places.isEmpty { return finds }
    var reader = try FileReader(plan)
    let sorted = places.sorted {
      ($0.key.index, $0.value, $0.key.secret) < ($1.key.index, $1.value, $1.key.secret)
    }
    for (place, offset) in sorted {
      _ = reader.turn(to: place.index)
      finds.append(
        Find(
          path: reader.path, line: try reader.line(at: offset, of: place.index),
          name: search.name(of: place.secret)))
    }
    return finds
  }

  /// The directories of what has a secret for a name, or in it.
  private func findsInNames(of plan: Plan) -> [Find] {
    // All at once: hardly ever is there one.
    // SAFETY: bytes have no padding; the array lives as long as the call.
    guard search.finds(in: unsafe plan.names.span.bytes) else { return [] }
    var finds: [Find] = []
    for index in plan.entries.indices {
      let path = plan.path(of: index)
      let directory = Paths.parent(path) ?? []
      let name = Array(path.dropFirst(directory.isEmpty ? 0 : directory.count + 1))
      guard !allowed.contains(path), let secret = search.firstName(in: unsafe name.span.bytes) else {
        continue
      }
      finds.append(Find(path: directory, line: nil, name: secret))
    }
    return finds
  }
}
