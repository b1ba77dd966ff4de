// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Objects of packs, each with those that are deltas of it: who reads them in this order decodes each of them
/// once, whatever builds on it, and keeps no more than those on the way.
struct DeltaFamilies {
  /// An object that is wanted, or that one builds on.
  struct Member {
    let location: ObjectStore.Location
    let header: PackedHeader
    /// Which of the wanted locations are its own; empty where it is not wanted.
    var wanted: Range<Int>
    /// The object that it is a delta of; -1 where it is none.
    fileprivate var base: Int32 = -1
    /// The first object that is a delta of it, and the next one of the same base; -1 where there is none.
    fileprivate(set) var firstChild: Int32 = -1
    fileprivate(set) var next: Int32 = -1
  }

  private(set) var members: [Member] = []
  private var known: [ObjectStore.Location: Int32] = [:]

  /// Where the base of a delta lies; nil for an object that is none, and nil in that where it is not known.
  typealias Base = ObjectStore.Location??

  /// The families of the objects at `locations`, where the same one comes only several times in a row.
  ///
  /// - Parameters:
  ///   - header: the header at a location; nil where it is not understood.
  ///   - base: where the base of a delta with this header lies.
  init(
    _ locations: [ObjectStore.Location], header: (ObjectStore.Location) -> PackedHeader?,
    base: (PackedHeader, Int) -> Base
  ) {
    members.reserveCapacity(locations.count)
    known.reserveCapacity(locations.count)
    var start = 0
    while start < locations.count {
      var end = start + 1
      while end < locations.count, locations[end] == locations[start] { end += 1 }
      add(locations[start], wanted: start..<end, header, base)
      start = end
    }
    for index in members.indices.reversed() where members[index].base >= 0 {
      let base = Int(members[index].base)
      members[index].next = members[base].firstChild
      members[base].firstChild = Int32(index)
    }
  }

  /// Adds the object at `location`, and all that it builds on. Where one of them is not understood, or is
  /// reached in a circle, the others are there, but below no root.
  private mutating func add(
    _ location: ObjectStore.Location, wanted: Range<Int>, _ header: (ObjectStore.Location) -> PackedHeader?,
    _ base: (PackedHeader, Int) -> Base
  ) {
    if let index = known[location] {
      members[Int(index)].wanted = wanted
      return
    }
    var (current, wanted, above) = (location, wanted, -1)
    while true {
      if let index = known[current] {
        if above >= 0 { members[above].base = index }
        return
      }
      guard let found = header(current) else { return }
      let index = members.count
      members.append(Member(location: current, header: found, wanted: wanted))
      known[current] = Int32(index)
      if above >= 0 { members[above].base = Int32(index) }
      guard let next = base(found, current.pack), let next else { return }
      (current, wanted, above) = (next, 0..<0, index)
    }
  }

  /// The objects that are no deltas.
  var roots: [Int] {
    members.indices.filter { if case .object = members[$0].header.content { true } else { false } }
  }
}
