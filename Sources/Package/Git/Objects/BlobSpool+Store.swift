// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension BlobSpool {
  /// An object, and where it lies: in the order of packs, then of offsets, those that are in none at last.
  private struct Place: Sendable {
    private static let offsetBits = 48

    let object: Int32
    /// The pack, and the offset.
    let key: UInt64

    init(_ object: Int32, _ location: ObjectStore.Location?) {
      self.object = object
      key =
        if let location, location.offset < 1 << Self.offsetBits {
          UInt64(location.pack) << UInt64(Self.offsetBits) | UInt64(location.offset)
        } else {
          .max
        }
    }

    var location: ObjectStore.Location? {
      key == .max
        ? nil
        : ObjectStore.Location(
          pack: Int(key >> UInt64(Self.offsetBits)), offset: Int(key & (1 << UInt64(Self.offsetBits) - 1)))
    }
  }

  /// How many objects are looked at together: each takes some hundred bytes meanwhile.
  private static let familyLimit = 1 << 14

  /// Where the contents of some objects lie now.
  private typealias Read = [(object: Int32, location: Location)]

  /// Puts the contents of those of `objects` here that the store of `git` has. What it does not have, or what
  /// is no file's content, is left to git.
  mutating func read(_ objects: [Int32], of tree: CommitTree, _ git: Git) throws(Failure) {
    guard let store = git.objectStore else { return }
    var places: [Place] = []
    places.reserveCapacity(objects.count)
    for object in objects {
      // Names of another length are those of another hash.
      guard let id = tree.objectID(object) else { return }
      places.append(Place(object, store.location(of: id)))
    }
    // Deltas build on what lies near by, and the disk is read forward.
    places.sort { $0.key < $1.key }
    let parts = Self.ranges(places.count, perThread: 256)
    let outcomes = Monitor<[Result<Read, SystemError>?]>(Array(repeating: nil, count: parts.count))
    let (file, space, all) = (file, space, places)
    let work: @Sendable (Int) -> Void = { index in
      let outcome = Result { () throws(SystemError) in
        try Self.read(all[parts[index]], of: tree, store, git, SpoolWriter(file, space))
      }
      outcomes.withLock { $0[index] = outcome }
    }
    var helpers = HelperThreads()
    for index in parts.indices.dropFirst() where !helpers.start({ work(index) }) { work(index) }
    work(0)
    helpers.joinAll()
    for outcome in outcomes.withLock({ $0.compactMap(\.self) }) {
      do throws(SystemError) {
        for (object, location) in try outcome.get() { locations[Int(object)] = location }
      } catch {
        throw .system(error)
      }
    }
  }

  /// Parts of `count` objects for the threads that are worth starting.
  private static func ranges(_ count: Int, perThread: Int) -> [Range<Int>] {
    let parts = max(1, min(Threads.processorCount, count / perThread, 8))
    return (0..<parts).map { (count * $0 / parts)..<(count * ($0 + 1) / parts) }
  }

  /// Has `writer` write the contents of the objects at `places` that can be read.
  private static func read(
    _ places: ArraySlice<Place>, of tree: CommitTree, _ store: ObjectStore, _ git: Git,
    _ writer: consuming SpoolWriter
  ) throws(SystemError) -> Read {
    guard var reader = ObjectReader(store) else { return [] }
    var spooled = SpooledContents(writer, count: places.count)
    var rest = places
    while !rest.isEmpty, !git.isCancelled {
      let part = rest.prefix(familyLimit)
      rest = rest.dropFirst(part.count)
      let isRead = try readFamilies(of: part, &reader, git, onto: &spooled)
      for (place, isRead) in zip(part, isRead) where !isRead && !git.isCancelled {
        let kind =
          if let location = place.location { reader.read(location) } else {
            tree.objectID(place.object).flatMap { reader.read($0) }
          }
        if kind == .blob { try spooled.take(reader.bytes, of: [place]) }
      }
    }
    return try spooled.finish()
  }

  /// Puts those of `places` onto `spooled` that can be read family by family, and returns which these are.
  private static func readFamilies(
    of places: ArraySlice<Place>, _ reader: inout ObjectReader, _ git: Git,
    onto spooled: inout SpooledContents
  ) throws(SystemError) -> [Bool] {
    var isRead = [Bool](repeating: false, count: places.count)
    try reader.readFamilies(places.compactMap(\.location)) { wanted, kind, bytes throws(SystemError) in
      if kind == .blob {
        let first = places.startIndex + wanted.lowerBound
        try spooled.take(bytes, of: places[first..<(first + wanted.count)])
        for index in wanted { isRead[index] = true }
      }
      // git, which is asked for the rest, says that it was called off.
      return spooled.count & 63 != 0 || !git.isCancelled
    }
    return isRead
  }

  /// Puts contents into the spool, and keeps where.
  private struct SpooledContents: ~Copyable {
    private var writer: SpoolWriter
    private var read: Read = []

    init(_ writer: consuming SpoolWriter, count: Int) {
      self.writer = writer
      read.reserveCapacity(count)
    }

    /// How many objects have their contents there.
    var count: Int { read.count }

    /// Takes `bytes`, the content of the objects at `places`.
    mutating func take(_ bytes: RawSpan, of places: ArraySlice<Place>) throws(SystemError) {
      var location = Location(offset: try writer.begin(count: bytes.byteCount), count: bytes.byteCount)
      try writer.write(bytes)
      location.isLFSPointer = writer.wroteLFSPointer
      for place in places { read.append((place.object, location)) }
    }

    consuming func finish() throws(SystemError) -> Read {
      try writer.flush()
      return read
    }
  }
}
