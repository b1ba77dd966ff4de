// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Objects of packs, each with those that are deltas of it: who reads them in this order decodes each of them
/// once, whatever builds on it, and keeps no more than those on the way.
struct DeltaFamilies {
  /// An object that is wanted, or that one builds on.
  struct Member {
    let location: ObjectStore.Location
    /// Which of the wanted locations are its own; empty where it is not wanted.
    let wanted: Range<Int>
    /// nil where it is not understood.
    fileprivate(set) var header: PackedHeader?
    /// The object that it is a delta of; -1 where it is none, or that is not known.
    fileprivate var base: Int32 = -1
    /// The first object that is a delta of it, and the next one of the same base; -1 where there is none.
    fileprivate(set) var firstChild: Int32 = -1
    fileprivate(set) var next: Int32 = -1
  }

  /// How many others there are at the most, beside two for each that is wanted. What builds on one that is
  /// left out is below no root.
  private static let otherLimit = 1 << 14

  private(set) var members: [Member] = []
  /// How many of them are wanted: those come first, in the order of their locations.
  private let wantedCount: Int
  /// The others.
  private var others: [ObjectStore.Location: Int32] = [:]

  /// The families of the objects at `locations`, which come in their order.
  ///
  /// - Parameters:
  ///   - header: the header at a location; nil where it is not understood.
  ///   - base: where the base of a delta with this header in this pack lies; nil where it is none, or that is
  ///     not known.
  init(
    _ locations: [ObjectStore.Location], header: (ObjectStore.Location) -> PackedHeader?,
    base: (PackedHeader, Int) -> ObjectStore.Location?
  ) {
    members.reserveCapacity(locations.count)
    var start = 0
    while start < locations.count {
      var end = start + 1
      while end < locations.count, locations[end] == locations[start] { end += 1 }
      members.append(Member(location: locations[start], wanted: start..<end))
      start = end
    }
    wantedCount = members.count
    let limit = 2 * wantedCount + Self.otherLimit
    for index in 0..<wantedCount { follow(index, limit, header, base) }
    for index in members.indices.reversed() where members[index].base >= 0 {
      let base = Int(members[index].base)
      members[index].next = members[base].firstChild
      members[base].firstChild = Int32(index)
    }
  }

  /// Adds what the member `index` builds on, down to what is known: most bases lie a little before.
  private mutating func follow(
    _ index: Int, _ limit: Int, _ header: (ObjectStore.Location) -> PackedHeader?,
    _ base: (PackedHeader, Int) -> ObjectStore.Location?
  ) {
    var current = index
    for _ in 0..<ObjectReader.chainLimit {
      let location = members[current].location
      guard let found = header(location) else { return }
      members[current].header = found
      guard let next = base(found, location.pack) else { return }
      if let known = known(next, near: index) {
        members[current].base = known
        return
      }
      guard members.count < limit else { return }
      members[current].base = Int32(members.count)
      others[next] = Int32(members.count)
      current = members.count
      members.append(Member(location: next, wanted: 0..<0))
    }
  }

  /// Which of the members lies at `location`.
  private func known(_ location: ObjectStore.Location, near index: Int) -> Int32? {
    wantedPlace(of: location, near: index).map(Int32.init) ?? others[location]
  }

  /// Which of the wanted members lies at `location`: most bases lie a little before `index`.
  private func wantedPlace(of location: ObjectStore.Location, near index: Int) -> Int? {
    let span = members.span
    var (low, high, step) = (index, index, 1)
    if index < wantedCount, span[index].location < location {
      high = wantedCount
    } else {
      repeat {
        (low, high, step) = (max(0, low - step), low, step * 2)
      } while low > 0
        && location < span[low].location
    }
    while low < high {
      let middle = (low + high) / 2
      if span[middle].location < location { low = middle + 1 } else { high = middle }
    }
    return low < wantedCount && span[low].location == location ? low : nil
  }

  /// The objects that are no deltas.
  var roots: [Int] {
    members.indices.filter { if case .object? = members[$0].header?.content { true } else { false } }
  }
}
