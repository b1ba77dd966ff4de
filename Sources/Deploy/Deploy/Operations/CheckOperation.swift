// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import ApifyAPI
package import Checks
package import SourcePackage
internal import SourceTree
internal import SystemIO

/// Finds what would go wrong with a push, without the platform. Blocks.
package struct CheckOperation: Sendable {
  /// What is there.
  package struct Outcome: Sendable {
    /// The most serious first.
    package let findings: [Finding]
    /// What the package holds, counted as an inline document.
    package let summary: PackageSummary
    /// What it takes of the platform's limits.
    package let sizes: PackageSizes
    /// Whether it would be sent as a zip.
    package let isZip: Bool
    /// The directories of the first level that hold most, with their bytes.
    package let folders: [(path: [UInt8], bytes: Int)]
    /// Where the files lie that findings name, by their names in the package.
    package let sources: [[UInt8]: [UInt8]]
  }

  private let project: Project
  private let target: VersionTarget
  private let form: SourceChoice
  private let budget: Int?
  private let secretsAllowedIn: Set<[UInt8]>

  /// A check of the files at `location`, as they would be pushed to `target`.
  ///
  /// - Parameters:
  ///   - form: how they would be sent.
  ///   - budget: how many bytes of files there may be; nil for any number.
  ///   - secretsAllowedIn: files that may hold a secret.
  package init(
    _ location: ProjectLocation, target: VersionTarget, form: SourceChoice, budget: Int? = nil,
    secretsAllowedIn: Set<[UInt8]> = [], _ context: OperationContext
  ) throws(DeployError) {
    project = try Project(location, context)
    self.target = target
    self.form = form
    self.budget = budget
    self.secretsAllowedIn = secretsAllowedIn
  }

  /// Reads all files, as a push would, and checks what they are.
  ///
  /// - Parameter output: a file that is no part of the package; nil for none.
  package func run(output: [UInt8]? = nil, events: @escaping DeployEvents) throws(DeployError) -> Outcome {
    try project.checkActorFile()
    var settings = CheckSettings(target, project)
    settings.levels = try project.checkLevels()
    settings.form = form
    settings.budget = budget
    let plan = try project.plan(
      findsPointers: false, output: output, events: Project.withoutFindings(events))
    guard plan.entries.contains(where: { !$0.isDirectory }) else { throw .nothingToPush }
    let survey = ContentSurvey(plan)
    let finder = try SecretSearch(project.context).map { SecretFinder($0, allowing: secretsAllowedIn) }
    let summary = try write(plan, survey, finder, events)
    settings.secrets = (try finder?.found(in: plan) ?? []).map { Finding($0) }
    let sizes = PackageSizes(
      bytes: summary.bytes, inlineBytes: summary.inlineBytes, inlineLimit: PlatformLimits.inlineBytes,
      requestBytes: summary.documentBytes, requestLimit: PlatformLimits.requestBytes)
    settings.sizes = sizes
    let package = project.checked(plan, survey)
    let findings = project.onDisk(package.findings(settings))
    let named = Set(findings.compactMap { $0.place?.file })
    return Outcome(
      findings: findings, summary: summary, sizes: sizes,
      isZip: !settings.isInline || findings.contains(where: \.asksForZip),
      folders: package.largestFolders(10),
      sources: Dictionary(uniqueKeysWithValues: named.map { ($0, project.source(of: $0)) }))
  }

  /// Writes the document to nowhere: that is how long it is.
  private func write(
    _ plan: Plan, _ survey: ContentSurvey, _ finder: SecretFinder?, _ events: @escaping DeployEvents
  ) throws(DeployError) -> PackageSummary {
    defer { events(.packaged) }
    let settings = PackageWriter.Settings(
      progress: plan.progress(events), cancellation: project.context.cancellation,
      finder: finder, survey: survey)
    do throws(PackageError) {
      return try PackageWriter.write(
        plan, head: DocumentHead(), to: MemorySink(limit: 0), settings: settings)
    } catch {
      throw DeployError(error, output: "the document")
    }
  }
}

extension CheckSettings {
  /// What `target` and actor.json of `project` say of the Actor and the tag. An actor.json that is not valid
  /// is a finding.
  init(_ target: VersionTarget, _ project: Project) {
    self.init((try? project.settings(for: target)), target)
  }

  init(_ settings: PushSettings?, _ target: VersionTarget) {
    self.init()
    buildTag = settings == nil ? target.tag : settings?.buildTag
    switch target.actor {
    case .named(_, let name)?, .own(let name)?: actorName = name
    case .id?, nil: actorName = nil
    }
  }
}

extension Finding {
  /// That a file holds a secret; its value is not told.
  init(_ find: SecretFinder.Find) {
    self.init(
      .secretInPackage, at: find.path.isEmpty ? nil : Place(find.path, line: find.line), find.words,
      remedy: Diagnosis.secretHelp(find))
  }
}
