// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Puts the folders of a walk together into one list in byte order.
///
/// The order of whole names is not quite that of a descent: "src" comes before "src-old" and "src.txt", but
/// what lies in "src" comes after both, because "/" is greater than "-" and ".". So a folder's contents wait
/// until the next name is greater than the folder's with a "/" behind it.
struct PlanBuilder {
  private struct Frame {
    let folder: WalkedFolder
    /// The index of the folder's own entry.
    let entry: Int32
    var next = 0
    /// How many of the waiting subfolders lie in folders above.
    let waitingBelow: Int
  }

  private var frames: [Frame] = []
  private var waiting: [(folder: WalkedFolder, entry: Int32)] = []

  private let recordsExcluded: Bool

  init(_ top: WalkedFolder, recordsExcluded: Bool) {
    frames = [Frame(folder: top, entry: -1, waitingBelow: 0)]
    self.recordsExcluded = recordsExcluded
  }

  /// Appends all entries to `plan`.
  consuming func build(into plan: inout Plan) {
    while var frame = frames.popLast() {
      let folder = frame.folder
      if frame.next == 0, folder.isIncluded { plan.excluded.append(contentsOf: folder.excluded) }
      while true {
        if waiting.count > frame.waitingBelow, let last = waiting.last,
          frame.next == folder.children.count
            || comesBefore(last.folder, folder.children[frame.next], in: folder)
        {
          // Its contents, and then on with this folder.
          waiting.removeLast()
          frames.append(frame)
          frames.append(Frame(folder: last.folder, entry: last.entry, waitingBelow: waiting.count))
          break
        }
        guard frame.next < folder.children.count else {
          // What a finished folder holds is in the plan now.
          folder.children = []
          folder.names = []
          folder.folders = []
          break
        }
        if waiting.count == frame.waitingBelow, folder.children[frame.next].kind != .folder {
          frame.next = appendFiles(of: folder, from: frame.next, parent: frame.entry, to: &plan)
        } else {
          append(folder.children[frame.next], of: folder, parent: frame.entry, to: &plan)
          frame.next += 1
        }
      }
    }
    plan.excluded.sort { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// Appends the children from `start` on that are files, and returns which comes next: most of a tree, and nothing waits between
  /// them.
  private func appendFiles(
    of folder: WalkedFolder, from start: Int, parent: Int32, to plan: inout Plan
  ) -> Int {
    let children = folder.children
    let shift = plan.names.count - Int(children[start].nameOffset)
    var end = start
    var nameEnd = Int(children[start].nameOffset)
    while end < children.count, children[end].kind != .folder {
      let child = children[end]
      plan.entries.append(
        Entry(
          kind: child.kind, format: child.format, isExecutable: child.isExecutable, parent: parent,
          rule: child.rule, object: child.object, nameOffset: Int(child.nameOffset) + shift,
          nameCount: child.nameCount, byteCount: child.byteCount))
      nameEnd = Int(child.nameOffset) + Int(child.nameCount) + 1
      end += 1
    }
    plan.names.append(contentsOf: folder.names[Int(children[start].nameOffset)..<nameEnd])
    return end
  }

  private mutating func append(
    _ child: WalkedFolder.Child, of folder: WalkedFolder, parent: Int32, to plan: inout Plan
  ) {
    var rule = child.rule
    if child.kind == .folder {
      let contents = folder.folders[Int(child.folder)]
      waiting.append((contents, Int32(plan.entries.count)))
      if !contents.isIncluded {
        // Looked into, but nothing in it came back: out as a whole.
        waiting.removeLast()
        if recordsExcluded, child.rule >= 0 {
          plan.excluded.append(
            Plan.Excluded(path: contents.path, isFolder: true, rule: plan.rules[Int(child.rule)]))
        }
        return
      }
      // It is in for what lies in it, not by the rule that left it out.
      if contents.context.isConditional { rule = -1 }
    }
    plan.entries.append(
      Entry(
        kind: child.kind, format: child.format, isExecutable: child.isExecutable, parent: parent, rule: rule,
        object: child.object, nameOffset: plan.names.count, nameCount: child.nameCount,
        byteCount: child.byteCount))
    // With the NUL at its end.
    let start = Int(child.nameOffset)
    plan.names.append(contentsOf: folder.names[start...(start + Int(child.nameCount))])
  }

  /// Whether the contents of `waiting` come before the entry `child` of the same folder.
  private func comesBefore(
    _ waiting: WalkedFolder, _ child: WalkedFolder.Child, in folder: WalkedFolder
  ) -> Bool {
    let name = waiting.path[waiting.basename...]
    let (start, count) = (Int(child.nameOffset), Int(child.nameCount))
    var offset = 0
    for byte in name {
      guard offset < count else { return false }
      let other = folder.names[start + offset]
      if byte != other { return byte < other }
      offset += 1
    }
    // The child's name begins with the folder's: it is longer, and what follows is held against "/".
    return offset < count && UInt8(ascii: "/") < folder.names[start + offset]
  }
}
