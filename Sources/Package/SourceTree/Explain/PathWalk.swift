// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

/// Decides about single paths as a ``Walk`` does, and reads only the directories on the way to them.
///
/// The rules of the directories on the way to the last path are kept, so that its neighbours cost little.
package struct PathWalk {
  /// A directory on the way to the last path.
  struct Step {
    let name: [UInt8]
    let directory: WalkedDirectory
    /// The open directory; nil where it does not exist.
    var handle: DirectoryHandle?
    let trace: PathTrace
    /// Whether it was open and is not any more.
    var isClosed = false
  }

  /// How many directories stay open at the most.
  private static let openLimit = min(64, Descriptor.limit / 8)

  let walk: Walk
  /// The directories on the way to the last path, the project directory first.
  private(set) var steps: [Step] = []
  /// Whether a path was left out by its name alone.
  private var metFixedName = false

  /// Begins at the project directory `directory`.
  package init(_ directory: [UInt8], options: WalkOptions) throws(SourceTreeError) {
    var options = options
    options.recordsExcluded = true
    walk = try Walk(directory, options: options)
    let handle = DirectoryHandle(try walk.open(walk.top))
    try enterRules(of: walk.top, handle)
    steps = [Step(name: [], directory: walk.top, handle: handle, trace: PathTrace())]
  }

  /// The project directory, absolute and without symbolic links.
  package var root: [UInt8] { walk.root }

  /// What is to be said of the directories on the way.
  package func warnings() throws(SourceTreeError) -> [WalkWarning] {
    if metFixedName { walk.warnOfHiddenSource() }
    var plan = walk.emptyPlan()
    try walk.queue.finish(into: &plan)
    return plan.warnings
  }

  /// The verdict on `path`, relative to the project directory and without "." and "..".
  ///
  /// - Parameter isDirectory: whether a directory is meant where nothing exists.
  package mutating func verdict(on path: [UInt8], isDirectory: Bool) throws(SourceTreeError) -> PathVerdict {
    let names = path.split(separator: UInt8(ascii: "/")).map { Array($0) }
    guard let last = names.indices.last else {
      return PathVerdict(path: [], kind: .directory, isIncluded: true, reasons: [], nearest: nil, file: nil)
    }
    var known = zip(steps.dropFirst(), names.dropLast()).prefix { $0.name == $1 }.count
    if steps[known].isClosed { known = 0 }
    steps.removeSubrange((known + 1)...)
    for index in known..<last {
      switch try look(at: names[index], isLast: false, isDirectory: true) {
      case .entered(let step): append(step)
      case .ended(let ending): return note(ending, at: path)
      }
    }
    switch try look(at: names[last], isLast: true, isDirectory: isDirectory) {
    case .ended(let ending): return note(ending, at: path)
    case .entered: return note(Ending(isIncluded: true, reasons: []), at: path)
    }
  }

  private mutating func note(_ ending: Ending, at path: [UInt8]) -> PathVerdict {
    if case .rule(.fixedName)? = ending.reasons.last?.cause { metFixedName = true }
    return verdict(on: path, ending, existence(of: path))
  }

  private mutating func append(_ step: Step) {
    steps.append(step)
    // The project directory stays open.
    let oldest = steps.count - Self.openLimit
    if oldest > 0 {
      steps[oldest].handle = nil
      steps[oldest].isClosed = true
    }
  }

  /// What a component of a path comes to.
  enum Look {
    /// A directory to go on in.
    case entered(Step)
    case ended(Ending)
  }

  /// The verdict on a component, and on all below it.
  struct Ending {
    let isIncluded: Bool
    let reasons: [PathVerdict.Reason]
    var isFile = false
    var isLink = false
  }

  private func look(
    at name: [UInt8], isLast: Bool, isDirectory: Bool
  ) throws(SourceTreeError) -> Look {
    // The project directory, which is in, is always there.
    guard let step = steps.last else { return .ended(Ending(isIncluded: true, reasons: [])) }
    let status = step.handle.flatMap {
      try? Paths.status(CString(name), in: $0.descriptor.rawValue, followingLinks: false)
    }
    let path = Paths.join(step.directory.path, name)
    let anchored = walk.prefix + path
    // Below a file there is nothing; what would be there if it were a directory?
    let isDirectory =
      status.map { $0.isDirectory || (!isLast && !$0.isLink) } ?? (!isLast || isDirectory)
    let component = PathTrace.Component(
      path: path, anchored: anchored, basename: anchored.count - name.count, isDirectory: isDirectory)
    let decision = walk.inclusionRules.decide(
      anchored.span, basename: component.basename, isDirectory: isDirectory, context: step.directory.context)
    var trace = step.trace
    trace.note(component, decision, step.directory.context, walk.inclusionRules)
    let reasons = trace.reasons(decision, walk.inclusionRules)
    func out(_ cause: PathVerdict.Reason.Cause? = nil) -> Look {
      let more = cause.map { [PathVerdict.Reason($0, excludes: true, at: path)] } ?? []
      return .ended(Ending(isIncluded: false, reasons: reasons + more))
    }
    if decision.outcome == .excluded || (decision.outcome == .entered && !isDirectory) { return out() }
    guard (try? UTF8Span(validating: name.span)) != nil else {
      throw SourceTreeError(.nameNotUTF8, path: path)
    }
    if path.count > SourceTreeError.longestPath { throw SourceTreeError(.pathTooLong, path: path) }

    var (linkedReal, exists) = ([UInt8]?.none, status?.isDirectory == true)
    if let status, status.isLink, let handle = step.handle {
      let target = try LinkTarget.follow(
        CString(name), path: path, in: step.directory, descriptor: handle.descriptor.rawValue,
        root: walk.root, options: walk.options)
      switch target {
      case .directory(let real): (linkedReal, exists) = (real, true)
      case .file where isLast:
        return .ended(Ending(isIncluded: true, reasons: reasons, isFile: true, isLink: true))
      case .special where isLast: return out(.specialFile)
      case .broken where isLast: return out(.brokenLink)
      case .editorLock where isLast: return out(.editorLock)
      case .file, .special, .broken, .editorLock, .vanished: break
      }
    }
    if isLast, !exists {
      if let status, !status.isLink {
        guard status.isRegular else { return out(.specialFile) }
        return .ended(Ending(isIncluded: true, reasons: reasons, isFile: true))
      }
      // Nothing is there, and so nothing for which a directory that is left out would come back.
      return .ended(Ending(isIncluded: decision.outcome == .included, reasons: reasons))
    }
    let child = Child(
      name: name, path: path, linkedReal: linkedReal, exists: exists, decision: decision, trace: trace,
      reasons: reasons)
    return try enter(child, of: step, isLast: isLast)
  }
}

extension PathWalk {
  /// A directory that is in or looked into.
  struct Child {
    let name: [UInt8]
    let path: [UInt8]
    let linkedReal: [UInt8]?
    let exists: Bool
    let decision: InclusionRules.Decision
    let trace: PathTrace
    let reasons: [PathVerdict.Reason]
  }
}
