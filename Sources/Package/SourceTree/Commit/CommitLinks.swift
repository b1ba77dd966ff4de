// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git

/// Follows symbolic links inside of a commit, as the system would in a checkout of it.
struct CommitLinks {
  /// Where a path leads.
  enum Destination: Equatable {
    /// To this node.
    case node(Int32)
    /// To nothing that the commit holds.
    case nothing
    /// Out of the directory that it must stay in.
    case outside
    /// To itself, or through more links than the system follows.
    case cycle
  }

  /// As many as Linux follows (path_resolution(7)).
  private static let limit = 40

  let tree: CommitTree
  /// The directory that a link must not lead out of.
  let top: Int32
  /// What each link says, by its object.
  let targets: [Int32: [UInt8]]

  /// Where the node `node` leads: to itself, if it is no link.
  func follow(_ node: Int32) -> Destination {
    var followed = 0
    return follow(node, &followed)
  }

  /// Where `path` leads from the directory `directory`.
  func find(_ path: some Collection<UInt8>, from directory: Int32) -> Destination {
    var followed = 0
    return find(Array(path), from: directory, &followed)
  }

  private func follow(_ node: Int32, _ followed: inout Int) -> Destination {
    let entry = tree.nodes[Int(node)]
    guard entry.kind == .link else { return .node(node) }
    followed += 1
    if followed > Self.limit { return .cycle }
    return find(targets[entry.object] ?? [], from: entry.parent, &followed)
  }

  private func find(_ path: [UInt8], from directory: Int32, _ followed: inout Int) -> Destination {
    if path.isEmpty { return .nothing }
    if path.first == UInt8(ascii: "/") { return .outside }
    var current = directory
    for component in path.split(separator: UInt8(ascii: "/")) where !component.elementsEqual(".".utf8) {
      guard tree.nodes[Int(current)].kind == .directory else { return .nothing }
      if component.elementsEqual("..".utf8) {
        if current == top { return .outside }
        current = tree.nodes[Int(current)].parent
        continue
      }
      guard let child = tree.child(component.span, of: current) else { return .nothing }
      switch follow(child, &followed) {
      case .node(let node): current = node
      case let other: return other
      }
    }
    return .node(current)
  }
}
