// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CByteKernels
internal import Deflate
internal import SystemIO

/// What an object is; the numbers are those of packs.
package enum ObjectKind: UInt8, Sendable {
  case commit = 1
  case tree, blob, tag
}

/// Reads the objects of a store, one after the other, for one thread. What it reads is foreign: each number
/// is held against what it can be, and an object in which anything is wrong is not read, but left to git.
package struct ObjectReader: ~Copyable {
  /// git makes chains of at most 4,095 deltas.
  static let chainLimit = 4096

  let store: ObjectStore
  private var inflater: Inflater
  private var window = PackWindow()
  private var cache = BaseCache()
  /// The deltas on the way to the object that is asked for, and their place in the pack.
  private var chain: [(location: ObjectStore.Location, header: PackedHeader)] = []
  var delta = WriteBuffer(capacity: 1 << 14)
  private var other = WriteBuffer(capacity: 1 << 16)
  /// The object that was read last.
  var object = WriteBuffer(capacity: 1 << 16)
  var looseFile = LooseObject()

  /// How many bytes a chain may make on its way.
  let chainBytes: Int

  /// A reader of `store`; nil where there is no memory.
  ///
  /// - Parameter chainBytes: how many bytes a chain of deltas may make on its way: a small pack could keep
  ///   this busy for hours.
  package init?(_ store: ObjectStore, chainBytes: Int = 1 << 26) {
    self.store = store
    self.chainBytes = chainBytes
    do throws(DeflateError) { inflater = try Inflater(.raw) } catch { return nil }
  }

  /// The bytes of the object that was read last.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get { object.bytes }
  }

  /// Appends the bytes of the object that was read last to `output`.
  func append(to output: inout WriteBuffer) { output.append(object.bytes) }

  /// Reads the object `id`, and returns its kind; nil where git must be asked for it.
  package mutating func read(_ id: ObjectID) -> ObjectKind? {
    if let location = store.location(of: id) { return read(location) }
    return readLoose(id)
  }

  /// Reads the object at `location`, and returns its kind; nil where git must be asked for it.
  mutating func read(_ location: ObjectStore.Location) -> ObjectKind? {
    chain.removeAll(keepingCapacity: true)
    var current = location
    var found: ObjectKind?
    var base: BaseCache.Found?
    while found == nil {
      base = cache.find(current)
      if let base {
        found = base.kind
        break
      }
      guard let header = header(at: current) else { return nil }
      switch header.content {
      case .object(let kind):
        guard inflateObject(header, current.pack) else { return nil }
        cache.insert(current, kind, object)
        found = kind
      case .delta(let base):
        guard chain.count < Self.chainLimit else { return nil }
        chain.append((current, header))
        current = ObjectStore.Location(pack: current.pack, offset: base)
      case .deltaOf(let id):
        // git looks for it in the same pack alone.
        guard chain.count < Self.chainLimit, let base = store.packs[current.pack].index.offset(of: id) else {
          return nil
        }
        chain.append((current, header))
        current = ObjectStore.Location(pack: current.pack, offset: base)
      }
    }
    guard let kind = found else { return nil }
    if chain.isEmpty, let base { cache.copy(base, to: &object) }
    var made = 0
    while let (location, header) = chain.popLast() {
      guard inflateDelta(header, location.pack) else { return nil }
      let isApplied =
        if let base { cache.apply(delta, to: base, &other) } else { Delta.apply(delta, to: object, &other) }
      guard isApplied else { return nil }
      base = nil
      swap(&object, &other)
      made += object.count
      guard made <= chainBytes else { return nil }
      cache.insert(location, kind, object)
    }
    return kind
  }

  mutating func header(at location: ObjectStore.Location) -> PackedHeader? {
    guard window.load(store, location.pack, at: location.offset) else {
      return nil
    }
    return PackedHeader(window.bytes, at: location.offset)
  }

  mutating func inflateObject(_ header: PackedHeader, _ pack: Int) -> Bool {
    Self.inflate(header, store, pack, &window, &inflater, to: &object)
  }

  mutating func inflateDelta(_ header: PackedHeader, _ pack: Int) -> Bool {
    Self.inflate(header, store, pack, &window, &inflater, to: &delta)
  }

  /// Replaces the contents of `output` by what is compressed behind `header`: a zlib stream (RFC 1950), whose
  /// checksum takes us less time than zlib.
  private static func inflate(
    _ header: PackedHeader, _ store: ObjectStore, _ pack: Int, _ window: inout PackWindow,
    _ inflater: inout Inflater, to output: inout WriteBuffer
  ) -> Bool {
    output.truncate(to: 0)
    inflater.reset()
    var offset = header.end
    guard window.load(store, pack, at: offset), isStart(window.bytes) else { return false }
    offset += 2
    var progress = Inflater.Progress.needsInput
    while progress != .ended {
      guard window.load(store, pack, at: offset) else { return false }
      let input = window.bytes
      // The stream must end where it is said to: what is behind that stays free.
      let capacity = header.byteCount + Inflater.slack - output.count
      let (now, taken) = output.append(capacity: capacity) { inflater.decode(input, into: &$0) }
      guard now == .ended || now == .needsInput && input.byteCount > 0 else { return false }
      (progress, offset) = (now, offset + taken)
    }
    guard output.count == header.byteCount, window.load(store, pack, at: offset) else { return false }
    return isEnd(window.bytes, of: output.bytes)
  }

  /// Whether `bytes` begin as a zlib stream of git's does: deflate with a window of 32 KiB; a multiple of 31,
  /// and no dictionary.
  private static func isStart(_ bytes: RawSpan) -> Bool {
    bytes.byteCount > 2 && bytes.byte(at: 0) == 0x78 && UInt16(bigEndian: bytes, at: 0) % 31 == 0
      && bytes.byte(at: 1) & 0x20 == 0
  }

  /// Whether `bytes` begin with the checksum of `contents`.
  private static func isEnd(_ bytes: RawSpan, of contents: RawSpan) -> Bool {
    // SAFETY: the kernel reads the bytes of the span.
    let checksum = unsafe contents.withUnsafeBytes { unsafe cadler32($0.baseAddress, $0.count) }
    return bytes.byteCount >= 4 && UInt32(bigEndian: bytes, at: 0) == checksum
  }
}
