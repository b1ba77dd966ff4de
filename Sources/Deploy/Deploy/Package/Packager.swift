// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import SourcePackage
package import SourceTree
package import SystemIO

/// Makes packages ready to be sent. Blocks: not for the cooperative pool's threads.
package struct Packager: Sendable {
  /// In which form.
  package var choice: SourceChoice
  /// Where a zip may be kept until it is sent; the first of them that takes it. None of them is in the
  /// project.
  package var spoolDirectories: [[UInt8]]
  /// Told how many files have been packaged, and how many bytes of them, now and then, from any thread.
  package var progress: (@Sendable (_ files: Int, _ bytes: Int) -> Void)?
  /// Asks for an end before its time.
  package var cancellation: CancellationFlag
  /// Searches the files for secrets on the way.
  package var finder: SecretFinder?
  /// Looks at the files on the way, for checks.
  package var survey: ContentSurvey?

  /// A packager by these settings.
  package init(
    _ choice: SourceChoice, spoolDirectories: [[UInt8]], cancellation: CancellationFlag,
    progress: (@Sendable (_ files: Int, _ bytes: Int) -> Void)? = nil
  ) {
    self.choice = choice
    self.spoolDirectories = spoolDirectories
    self.cancellation = cancellation
    self.progress = progress
  }

  /// Packages `plan`.
  ///
  /// - Parameter reserve: how many bytes of the request stand beside the files, at the most.
  /// - Throws: `nothingToPush` without a file, `overInlineLimit` and `overRequestLimit` where only the inline
  ///   form will do and it is too large, `package` and `spool` where the tree or the spool fails.
  package func package(_ plan: Plan, reserve: Int) throws(DeployError) -> PreparedPackage {
    guard plan.entries.contains(where: { $0.kind != .directory }) else { throw .nothingToPush }
    if choice != .zip, let package = try inline(plan, reserve: reserve) { return package }
    return try zip(plan)
  }

  /// Finds out whether `plan` can be packaged, as far as that is known without encoding anything.
  ///
  /// - Throws: as ``package(_:reserve:)``, but for `overRequestLimit` and `spool`.
  package func examine(_ plan: Plan) throws(DeployError) {
    guard plan.entries.contains(where: { $0.kind != .directory }) else { throw .nothingToPush }
    let summary: PackageSummary
    do throws(PackageError) {
      summary = try PackageWriter.examine(
        plan, isZip: choice == .zip, countsInlineBytes: choice == .files,
        settings: PackageWriter.Settings(
          progress: progress, cancellation: cancellation,
          fileLimit: choice == .files ? PlatformLimits.inlineBytes : nil, finder: finder, survey: survey)
      ).summary
    } catch {
      throw DeployError(error, output: "the request")
    }
    if choice == .files, summary.inlineBytes > PlatformLimits.inlineBytes { throw .overInlineLimit(summary) }
  }

  /// The inline form; nil where it is too large, and a zip will do as well.
  private func inline(_ plan: Plan, reserve: Int) throws(DeployError) -> PreparedPackage? {
    let manifest = MemorySink(limit: .max)
    let room = PlatformLimits.requestBytes - reserve
    let packed: (summary: PackageSummary, files: CompressedFiles?)
    do throws(PackageError) {
      // With --source-type files the whole size is reported; otherwise the first byte too many ends it.
      let limit = choice == .auto ? PlatformLimits.inlineBytes : nil
      packed = try PackageWriter.compress(
        plan, limit: room,
        settings: settings(manifest, inlineLimit: limit, fileLimit: PlatformLimits.inlineBytes))
    } catch {
      if error == .overLimit { return nil }
      if choice == .auto, case .fileOverLimit = error { return nil }
      throw DeployError(error, output: "the request")
    }
    if packed.summary.inlineBytes > PlatformLimits.inlineBytes { throw .overInlineLimit(packed.summary) }
    guard packed.summary.documentBytes <= room, let files = packed.files else {
      if choice == .auto { return nil }
      throw .overRequestLimit(packed.summary)
    }
    return PreparedPackage(
      summary: packed.summary, manifest: Manifest(writtenTo: manifest), source: .files(files))
  }

  private func zip(_ plan: Plan) throws(DeployError) -> PreparedPackage {
    let file: SharedFile
    do throws(SystemError) { file = try SharedFile.unnamed(in: spoolDirectories) } catch {
      throw .spool(error)
    }
    let manifest = MemorySink(limit: .max)
    var summary: PackageSummary
    let ending: ZipEnding
    do throws(PackageError) {
      (summary, ending) = try PackageWriter.writeZipMembers(
        plan, to: DescriptorSink(file.descriptor.rawValue), settings: settings(manifest, inlineLimit: nil))
    } catch {
      if case .output(let cause) = error { throw .spool(cause) }
      throw DeployError(error, output: "the request")
    }
    let memberBytes = summary.documentBytes
    summary.documentBytes += ending.bytes(nil).count
    return PreparedPackage(
      summary: summary, manifest: Manifest(writtenTo: manifest),
      source: .zip(ZipSpool(file, memberBytes: memberBytes, ending: ending)))
  }

  private func settings(
    _ manifest: MemorySink, inlineLimit: Int?, fileLimit: Int? = nil
  ) -> PackageWriter.Settings {
    PackageWriter.Settings(
      progress: progress, cancellation: cancellation, inlineLimit: inlineLimit, fileLimit: fileLimit,
      manifest: manifest, finder: finder, survey: survey)
  }
}
