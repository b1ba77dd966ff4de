// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What one thread found in several directories, one behind the other: two pieces of memory for all of them
/// instead of two for each.
final class WalkedChunk: @unchecked Sendable {
  // Filled once, by the thread that made it, before another thread reads it.
  fileprivate(set) var children: [WalkedDirectory.Child] = []
  /// The children's names, each ended by a NUL.
  fileprivate(set) var names: [UInt8] = []
}

/// Collects what directories hold, one directory after the other, in byte order.
struct ChunkFiller {
  /// Beyond how many children or bytes of names the next directory begins a new chunk.
  private static let childLimit = 1500
  private static let nameLimit = 24 << 10

  private var chunk = WalkedChunk()
  private var children: [WalkedDirectory.Child] = []
  private var names: [UInt8] = []
  private var firstChild = 0
  private var firstName = 0

  /// How many bytes the names of the directory at hand have so far.
  var nameBytes: Int { names.count - firstName }

  /// Goes on with another directory.
  mutating func begin() {
    if children.count > Self.childLimit || names.count > Self.nameLimit { finish() }
    if children.capacity == 0 {
      children.reserveCapacity(Self.childLimit + Self.childLimit / 4)
      names.reserveCapacity(Self.nameLimit + Self.nameLimit / 4)
    }
    firstChild = children.count
    firstName = names.count
  }

  /// Takes in `child`, which is called `name`.
  mutating func append(_ child: WalkedDirectory.Child, name: Span<UInt8>) {
    let start = names.count
    names.append(copying: name)
    append(child, nameFrom: start)
  }

  /// Takes in `child`, which has a `name` that `scanner` holds.
  mutating func append(
    _ child: WalkedDirectory.Child, _ name: DirectoryScanner.Name, in scanner: borrowing DirectoryScanner
  ) {
    let start = names.count
    scanner.append(name, to: &names)
    append(child, nameFrom: start)
  }

  private mutating func append(_ child: consuming WalkedDirectory.Child, nameFrom start: Int) {
    child.nameOffset = Int32(start)
    child.nameCount = UInt16(names.count - start)
    names.append(0)
    children.append(child)
  }

  /// Gives the directory at hand what was found in it.
  func end(_ directory: WalkedDirectory) {
    directory.chunk = chunk
    directory.firstChild = firstChild
    directory.childCount = children.count - firstChild
  }

  /// Makes all that was collected ready to be looked at.
  mutating func finish() {
    swap(&chunk.children, &children)
    swap(&chunk.names, &names)
    chunk = WalkedChunk()
  }
}
