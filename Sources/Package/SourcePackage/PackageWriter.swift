// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SourceTree
package import SystemIO

// SourcePackage turns a plan into a package: a version's document, plain or compressed, a zip, or the digest
// alone.
//
// The plan is cut into units (`WorkUnit`): some dozens of small files, or one segment of a large file. Each
// thread takes the next unit, reads its files and encodes them (`EntryEncoder`: `DocumentMaker`,
// `CompressedDocumentMaker`, `ZipMaker`, `DigestMaker`) into an `EncodedUnit`, together with the records of
// the digest. `OrderedEncoder` hands out the units and takes them back in any order; it writes them in the
// plan's order to a `ByteSink`, and lets only so many bytes wait that a slow sink stops the readers. When the
// turn of a unit comes, a `PackageFormat` sees it: only then is known what lies before it. The format gives
// what stands before the first unit and behind the last one, a document's head or a zip's directory.
//
// No unit needs another one to be made, so nothing is made in sequence but the output. Deflate and the
// checksum would ask for that; each unit is therefore compressed for itself and ends on a byte, so that units
// behind each other are one deflate stream, and `crc32Combine` makes the CRC-32 of the whole from those of
// its parts. The same holds for what stands around them: `compress` makes a document's files before its head
// is known, which depends on what the platform holds. `CompressedFiles` puts head and end around them as
// stored blocks, and combines the CRCs again.

/// Writes packages, in one pass over the files, on all processors, with a fixed amount of memory. The same
/// tree gives the same bytes. Blocks: not for the cooperative pool's threads.
package enum PackageWriter {
  /// How a package is written.
  package struct Settings: Sendable {
    /// How many threads work; nil for one a processor.
    package var threadCount: Int?
    /// Told how many files have been written, and how many bytes of them, now and then, from any thread.
    package var progress: (@Sendable (_ files: Int, _ bytes: Int) -> Void)?
    /// Asks for an end before its time.
    package var cancellation: CancellationFlag?
    /// Give up as soon as there is more inline content than this.
    package var inlineLimit: Int?
    /// Give up where a file alone is larger than this, without reading it.
    package var fileLimit: Int?
    /// Whether the package's digest is asked for.
    package var hasDigest = true
    /// Takes the records that the digest is made of: the bytes of a ``Manifest``.
    package var manifest: (any ByteSink)?
    /// Searches the files for secrets on the way.
    package var finder: SecretFinder?
    /// Looks at the files on the way, for checks.
    package var survey: ContentSurvey?

    /// The usual.
    package init(
      threadCount: Int? = nil, progress: (@Sendable (_ files: Int, _ bytes: Int) -> Void)? = nil,
      cancellation: CancellationFlag? = nil, inlineLimit: Int? = nil, fileLimit: Int? = nil,
      manifest: (any ByteSink)? = nil, finder: SecretFinder? = nil, survey: ContentSurvey? = nil
    ) {
      self.threadCount = threadCount
      self.progress = progress
      self.cancellation = cancellation
      self.inlineLimit = inlineLimit
      self.fileLimit = fileLimit
      self.manifest = manifest
      self.finder = finder
      self.survey = survey
    }
  }

  /// Writes the document of `plan` under `head` to `sink`: what `PUT …/versions/…` takes.
  ///
  /// - Returns: what was written.
  /// - Throws: why the package is not complete. What has reached the sink by then is of no use.
  package static func write(
    _ plan: Plan, head: DocumentHead, to sink: any ByteSink, settings: Settings = Settings()
  ) throws(PackageError) -> PackageSummary {
    try write(plan, PlainDocument(head), to: sink, settings) {
      reader throws(SourceTreeError) in
      DocumentMaker(reader)
    }
  }

  /// Compresses the files of the same document into memory: into `limit` bytes at the most.
  ///
  /// - Returns: what there is, and the files; nil where they are longer than the limit.
  package static func compress(
    _ plan: Plan, limit: Int, settings: Settings = Settings()
  ) throws(PackageError) -> (summary: PackageSummary, files: CompressedFiles?) {
    let memory = MemorySink(limit: limit)
    let format = CompressedFilesFormat()
    let summary = try write(plan, format, to: memory, settings) { reader throws(SourceTreeError) in
      CompressedDocumentMaker(reader)
    }
    return (summary, memory.bytes.map(format.files))
  }

  /// Writes `plan` as a zip to `sink`, which need not be able to seek.
  package static func writeZip(
    _ plan: Plan, to sink: any ByteSink, settings: Settings = Settings()
  ) throws(PackageError) -> PackageSummary {
    try write(plan, ZipFormat(plan, isLeftOpen: false), to: sink, settings) {
      reader throws(SourceTreeError) in
      try ZipMaker(reader)
    }
  }

  /// Writes the members of the same zip; its ending is put behind them when it is known where the package
  /// comes from.
  package static func writeZipMembers(
    _ plan: Plan, to sink: any ByteSink, settings: Settings = Settings()
  ) throws(PackageError) -> (summary: PackageSummary, ending: ZipEnding) {
    let format = ZipFormat(plan, isLeftOpen: true)
    let summary = try write(plan, format, to: sink, settings) { reader throws(SourceTreeError) in
      try ZipMaker(reader)
    }
    return (summary, format.ending)
  }

  /// What is known of the package that ``writeZip(_:to:settings:)`` or ``write(_:head:to:settings:)`` would
  /// make of `plan`: files are read and digested, but nothing is encoded or compressed.
  ///
  /// - Parameters:
  ///   - isZip: whether the package is a zip, whose manifest tells what is executable.
  ///   - countsInlineBytes: whether to find, too, what is TEXT and what BASE64, and how long it would be.
  ///   - settings: as for a package; its own manifest does not matter.
  /// - Returns: the counts, as far as they are asked for, and the manifest.
  package static func examine(
    _ plan: Plan, isZip: Bool, countsInlineBytes: Bool = false, settings: Settings = Settings()
  ) throws(PackageError) -> (summary: PackageSummary, manifest: Manifest) {
    let records = MemorySink(limit: .max)
    var settings = settings
    settings.manifest = records
    let summary = try write(plan, DigestFormat(), to: MemorySink(limit: 0), settings) {
      reader throws(SourceTreeError) in
      DigestMaker(reader, isZip: isZip, countsInlineBytes: countsInlineBytes)
    }
    return (summary, Manifest(writtenTo: records))
  }

  private static func write<Maker: EntryEncoder & ~Copyable>(
    _ plan: Plan, _ format: any PackageFormat, to sink: any ByteSink, _ settings: Settings,
    maker makeMaker: @escaping @Sendable (consuming FileReader) throws(SourceTreeError) -> Maker
  ) throws(PackageError) -> PackageSummary {
    try send(format.opening(), to: sink)
    let encoder = OrderedEncoder(
      entryCount: plan.entries.count, sink: sink, format: format, settings: settings)
    if !plan.entries.isEmpty {
      var helpers = HelperThreads()
      let count = settings.threadCount ?? Threads.processorCount
      work(on: plan, encoder, settings, makeMaker) {
        while helpers.count < count - 1 {
          guard helpers.start({ work(on: plan, encoder, settings, makeMaker) {} }) else { break }
        }
      }
      helpers.joinAll()
    }
    var summary = try encoder.outcome()
    while let closing = format.nextClosing() { try send(closing, to: sink) }
    do { try sink.finish() } catch { throw .output(error) }
    summary.documentBytes += format.documentBytes
    return summary
  }

  private static func send(_ bytes: [UInt8], to sink: any ByteSink) throws(PackageError) {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    do { try sink.write(unsafe bytes.span.bytes) } catch { throw .output(error) }
  }

  /// What each thread does. `onBacklog` is called when there is work for more of them.
  private static func work<Maker: EntryEncoder & ~Copyable>(
    on plan: Plan, _ encoder: OrderedEncoder, _ settings: Settings,
    _ makeMaker: (consuming FileReader) throws(SourceTreeError) -> Maker,
    onBacklog: () -> Void
  ) {
    var maker: Maker?
    while let (unit, box) = encoder.next() {
      if encoder.hasSupply { onBacklog() }
      do throws(SourceTreeError) {
        if maker == nil {
          maker = try makeMaker(
            FileReader(plan, finder: settings.finder, survey: settings.survey, limit: settings.fileLimit))
        }
        let left = try maker?.make(unit, into: &box.unit) ?? []
        encoder.finished(unit, box, leaving: left)
      } catch {
        encoder.failed(unit, PackageError(error))
      }
    }
  }
}
