// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import POSIX
package import SourcePackage
package import SourceTree

/// A package made ready to be sent: in memory, compressed, within the platform's limits, and so able to be
/// sent again.
package struct RequestDocument: Sendable {
  /// What it holds.
  package let summary: PackageSummary
  /// The body of the request.
  package let body: RequestBody

  /// Bytes that go over the wire.
  package var payloadBytes: Int { body.length }

  /// Makes the document of `plan` under `head`. Blocks: not for the cooperative pool's threads.
  package static func make(
    _ plan: Plan, head: DocumentHead, progress: (@Sendable (_ bytes: Int) -> Void)?
  ) throws(DeploymentError) -> RequestDocument {
    guard plan.entries.contains(where: { $0.kind != .folder }) else { throw .nothingToPush }
    let memory = MemorySink(limit: PlatformLimits.requestBytes)
    let summary: PackageSummary
    do throws(PackageError) {
      let sink: GzipSink
      do { sink = try GzipSink(memory) } catch { throw .output(error) }
      summary = try PackageWriter.write(plan, head: head, to: sink, progress: progress)
    } catch {
      throw .package(error)
    }
    guard summary.inlineBytes <= PlatformLimits.inlineBytes else { throw .overInlineLimit(summary) }
    guard summary.documentBytes <= PlatformLimits.requestBytes, let bytes = memory.bytes else {
      throw .overRequestLimit(summary)
    }
    return RequestDocument(summary: summary, body: RequestBody(bytes, encoding: .gzip))
  }
}
