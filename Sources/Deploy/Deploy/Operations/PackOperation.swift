// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import SourcePackage
internal import SourceTree
internal import SystemIO

/// Writes a package to a file or a descriptor, without the platform. Blocks.
package struct PackOperation: Sendable {
  /// The format of the package.
  package enum Format: String, CaseIterable, Sendable {
    /// The document of a version, with its inline files.
    case json
    /// The files alone.
    case zip
  }

  /// Where the package goes.
  package enum Output: Sendable {
    /// To this file, which appears whole or not at all.
    case file([UInt8])
    /// To this open descriptor, called `name` in errors.
    case descriptor(Int32, name: String)
  }

  private let project: Project
  private let format: Format
  private let output: Output
  private let hasDigest: Bool

  /// A package of the files at `location`; its digest is a quarter of the work, and is left out where
  /// `hasDigest` says so.
  package init(
    _ location: ProjectLocation, as format: Format, to output: Output, hasDigest: Bool = true,
    _ context: OperationContext
  ) throws(DeployError) {
    project = try Project(location, context)
    self.format = format
    self.output = output
    self.hasDigest = hasDigest
  }

  /// Writes the package.
  package func run(events: @escaping DeployEvents) throws(DeployError) -> PackageSummary {
    var path: [UInt8]?
    if case .file(let file) = output {
      try FormerOutput.package.check(file)
      path = try? Paths.resolved(file)
    }
    let plan = try project.plan(output: path, events: events)
    let head = try head()
    let finder = try SecretSearch(project.context).map { SecretFinder($0) }
    var settings = PackageWriter.Settings(
      progress: plan.progress(events), cancellation: project.context.cancellation, finder: finder)
    settings.hasDigest = hasDigest
    defer { events(.packaged) }
    let summary = try write(plan, head, settings)
    for find in try finder?.found(in: plan) ?? [] { events(.secretFound(find)) }
    return summary
  }

  private func write(
    _ plan: Plan, _ head: DocumentHead, _ settings: PackageWriter.Settings
  ) throws(DeployError) -> PackageSummary {
    do throws(PackageError) {
      switch output {
      case .descriptor(let descriptor, _): return try write(plan, head, to: descriptor, settings)
      case .file(let path):
        let file: OutputFile
        do { file = try OutputFile.open(path) } catch { throw .output(error) }
        let summary = try write(plan, head, to: file.descriptor.rawValue, settings)
        do { try file.commit() } catch { throw .output(error) }
        return summary
      }
    } catch {
      let name =
        switch output {
        case .file(let path): String(decoding: path, as: UTF8.self)
        case .descriptor(_, let name): name
        }
      throw DeployError(error, output: name)
    }
  }

  private func write(
    _ plan: Plan, _ head: DocumentHead, to descriptor: Int32, _ settings: PackageWriter.Settings
  ) throws(PackageError) -> PackageSummary {
    let sink = DescriptorSink(descriptor)
    return switch format {
    case .json: try PackageWriter.write(plan, head: head, to: sink, settings: settings)
    case .zip: try PackageWriter.writeZip(plan, to: sink, settings: settings)
    }
  }

  /// What actor.json says about the version; nothing where there is no such file.
  private func head() throws(DeployError) -> DocumentHead {
    do throws(ProjectError) {
      let configuration = try project.configuration()
      if let fault = configuration.fault { throw fault }
      return DocumentHead(
        versionNumber: configuration.version?.description, buildTag: configuration.buildTag?.description)
    } catch {
      if error.code == .noActor { return DocumentHead() }
      throw .project(error)
    }
  }
}
