// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import POSIX
package import SourceTree

/// Writes the document of a version whose source is its files: what `PUT …/versions/…` takes.
package enum PackageWriter {
  /// Writes the document of `plan` under `head` to `sink`, in one pass over the files, on all processors,
  /// with a fixed amount of memory. Blocks: not for the cooperative pool's threads.
  ///
  /// - Parameter progress: told how many bytes of files have been written, now and then, from any thread.
  /// - Returns: what was written. The same tree gives the same bytes.
  /// - Throws: why the package is not complete. What has reached the sink by then is of no use.
  package static func write(
    _ plan: Plan, head: DocumentHead, to sink: any ByteSink, threadCount: Int? = nil,
    progress: (@Sendable (_ bytes: Int) -> Void)? = nil
  ) throws(PackageError) -> PackageSummary {
    let opening = head.opening()
    try send(opening, to: sink)
    let assembly = Assembly(entryCount: plan.entries.count, sink: sink, progress: progress)
    if !plan.entries.isEmpty {
      var helpers = HelperThreads()
      let count = threadCount ?? Threads.processorCount
      work(on: plan, assembly) {
        while helpers.count < count - 1 {
          guard helpers.start({ work(on: plan, assembly) {} }) else { break }
        }
      }
      helpers.joinAll()
    }
    var summary = try assembly.outcome()
    try send(DocumentHead.closing, to: sink)
    do { try sink.finish() } catch { throw .output(error) }
    summary.documentBytes += opening.count + DocumentHead.closing.count
    return summary
  }

  private static func send(_ bytes: [UInt8], to sink: any ByteSink) throws(PackageError) {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    do { try sink.write(unsafe bytes.span.bytes) } catch { throw .output(error) }
  }

  /// What each thread does. `onBacklog` is called when there is work for more of them.
  private static func work(on plan: Plan, _ assembly: Assembly, onBacklog: () -> Void) {
    var maker: UnitMaker?
    while let (unit, product) = assembly.next() {
      if assembly.hasSupply { onBacklog() }
      do throws(SourceTreeError) {
        if maker == nil { maker = try UnitMaker(plan) }
        let left = try maker?.make(unit, into: product) ?? []
        assembly.finished(unit, product, leaving: left)
      } catch {
        assembly.failed(unit, .source(error))
      }
    }
  }
}

extension UnitMaker {
  /// Makes `unit`, and says what of it is left to be made.
  fileprivate mutating func make(
    _ unit: WorkUnit, into product: Product
  ) throws(SourceTreeError) -> [WorkUnit.Content] {
    switch unit.content {
    case .batch(let range):
      switch try make(range, into: product) {
      case .none: return []
      case .full(let index): return [.entries(index..<range.upperBound)]
      case .large(let large):
        let rest = large.index + 1
        return [.segments(large, from: 0)]
          + (rest < range.upperBound ? [.entries(rest..<range.upperBound)] : [])
      }
    case .segment(let large, let segment):
      try make(segment, of: large, into: product)
      return []
    case .entries, .segments:
      return []
    }
  }
}
