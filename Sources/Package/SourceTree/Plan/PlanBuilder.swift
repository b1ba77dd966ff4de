// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Puts the directories of a walk together into one list in byte order.
///
/// The order of whole names is not quite that of a descent: "src" comes before "src-old" and "src.txt", but
/// what lies in "src" comes after both, because "/" is greater than "-" and ".". So a directory's contents
/// wait until the next name is greater than the directory's with a "/" behind it.
struct PlanBuilder {
  private struct Frame {
    let directory: WalkedDirectory
    /// The index of the directory's own entry.
    let entry: Int32
    /// How many of the waiting subdirectories lie in directories above.
    let waitingBelow: Int
    /// The next child, and where the children end, by their indices in the directory's chunk.
    var next: Int
    let end: Int

    init(_ directory: WalkedDirectory, entry: Int32, waitingBelow: Int) {
      self.directory = directory
      self.entry = entry
      self.waitingBelow = waitingBelow
      next = directory.firstChild
      end = directory.firstChild + directory.childCount
    }
  }

  private var frames: [Frame] = []
  private var waiting: [(directory: WalkedDirectory, entry: Int32)] = []

  private let recordsExcluded: Bool

  init(_ top: WalkedDirectory, recordsExcluded: Bool) {
    frames = [Frame(top, entry: -1, waitingBelow: 0)]
    self.recordsExcluded = recordsExcluded
  }

  consuming func build(into plan: inout Plan) {
    while var frame = frames.popLast() {
      let directory = frame.directory
      if frame.next == directory.firstChild, directory.isIncluded {
        plan.excluded.append(contentsOf: directory.excluded)
      }
      guard let chunk = directory.chunk else { continue }
      while true {
        if waiting.count > frame.waitingBelow, let last = waiting.last,
          frame.next == frame.end || comesBefore(last.directory, chunk.children[frame.next], in: chunk)
        {
          // Its contents, and then on with this directory.
          waiting.removeLast()
          frames.append(frame)
          frames.append(Frame(last.directory, entry: last.entry, waitingBelow: waiting.count))
          break
        }
        guard frame.next < frame.end else {
          // What a finished directory holds is in the plan now.
          directory.chunk = nil
          directory.subdirectories = []
          break
        }
        if waiting.count == frame.waitingBelow, chunk.children[frame.next].kind != .directory {
          frame.next = Self.appendFiles(of: chunk, frame.next..<frame.end, parent: frame.entry, to: &plan)
        } else {
          append(chunk.children[frame.next], of: directory, chunk, parent: frame.entry, to: &plan)
          frame.next += 1
        }
      }
    }
    plan.excluded.sort { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// Appends the first of `children`, as long as they are files, and returns which comes next: most of a
  /// tree, and nothing waits between them.
  private static func appendFiles(
    of chunk: WalkedChunk, _ range: Range<Int>, parent: Int32, to plan: inout Plan
  ) -> Int {
    let children = chunk.children
    var end = range.lowerBound
    while end < range.upperBound, children[end].kind != .directory { end += 1 }
    let first = Int(children[range.lowerBound].nameOffset)
    let last = children[end - 1]
    let shift = plan.names.count - first
    plan.entries.append(addingCapacity: end - range.lowerBound) { entries in
      for index in range.lowerBound..<end {
        entries.append(
          Entry(children[index], parent: parent, nameOffset: Int(children[index].nameOffset) + shift))
      }
    }
    // With the NUL at the last one's end.
    plan.names.append(contentsOf: chunk.names[first...(Int(last.nameOffset) + Int(last.nameCount))])
    return end
  }

  private mutating func append(
    _ child: WalkedDirectory.Child, of directory: WalkedDirectory, _ chunk: WalkedChunk, parent: Int32,
    to plan: inout Plan
  ) {
    var child = child
    if child.kind == .directory {
      let contents = directory.subdirectories[Int(child.directory)]
      waiting.append((contents, Int32(plan.entries.count)))
      if !contents.isIncluded {
        // Looked into, but nothing in it came back: out as a whole.
        waiting.removeLast()
        let rule = contents.exclusion ?? (child.rule >= 0 ? plan.rules[Int(child.rule)] : nil)
        if recordsExcluded, let rule {
          plan.excluded.append(Plan.Excluded(path: contents.path, isDirectory: true, rule: rule))
        }
        return
      }
      // It is in for what lies in it, not by the rule that left it out.
      if contents.context.isConditional { child.rule = -1 }
    }
    plan.entries.append(Entry(child, parent: parent, nameOffset: plan.names.count))
    // With the NUL at its end.
    let start = Int(child.nameOffset)
    plan.names.append(contentsOf: chunk.names[start...(start + Int(child.nameCount))])
  }

  /// Whether the contents of `waiting` come before the entry `child` of the same directory.
  private func comesBefore(
    _ waiting: WalkedDirectory, _ child: WalkedDirectory.Child, in chunk: WalkedChunk
  ) -> Bool {
    let name = waiting.path[waiting.basename...]
    let (start, count) = (Int(child.nameOffset), Int(child.nameCount))
    var offset = 0
    for byte in name {
      guard offset < count else { return false }
      let other = chunk.names[start + offset]
      if byte != other { return byte < other }
      offset += 1
    }
    // The child's name begins with the directory's: it is longer, and what follows is held against "/".
    return offset < count && UInt8(ascii: "/") < chunk.names[start + offset]
  }
}
