// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import SourcePackage
internal import SourceTree
internal import SystemIO

struct PackCommand: LocalCommand {
  /// The form of the package.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json
    case zip

    /// What the platform calls it.
    var sourceType: String { self == .json ? "SOURCE_FILES" : "TARBALL" }
  }

  static let configuration = CommandConfiguration(
    commandName: "pack", _superCommandName: ActorPush.name,
    abstract: "Write the package to a file, without any network.",
    discussion: """
      What is written is what push would send: as json the document with the version's number and build tag from actor.json, if \
      there is one, and its files; as zip the files alone. Environment variables are left out, secrets could be among them. The \
      same tree gives the same bytes.
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var global: GlobalOptions

  @Option(name: .shortAndLong, help: "Where to write: a file, or - for standard output.")
  var output: String

  @Option(help: "The form of the package: json or zip.")
  var format = Format.json

  @Flag(help: "Say what was written as one JSON object on standard output.")
  var json = false

  static let operation = "pack"

  func validate() throws {
    if json && output == "-" { throw ValidationError("--json and -o - both need standard output") }
  }

  func perform(_ environment: ProcessEnvironment) throws(Failure) {
    let console = global.console(environment)
    let start = ContinuousClock.now
    let target = Array(output.utf8)
    let source = try tree.source(environment)
    let plan = try source.plan(
      output: output == "-" ? nil : try? Paths.resolved(target), environment: environment, console: console)
    let head = try head(source)
    let line = ProgressLine("packing", console: console)
    let settings = PackageWriter.Settings(progress: line.update, cancellation: environment.cancellation)
    let summary: PackageSummary
    do throws(PackageError) {
      defer { line.finish() }
      if output == "-" {
        summary = try write(plan, head, to: STDOUT_FILENO, settings)
      } else {
        let file: OutputFile
        do { file = try OutputFile.open(target) } catch { throw .output(error) }
        summary = try write(plan, head, to: file.descriptor.number, settings)
        do { try file.commit() } catch { throw .output(error) }
      }
    } catch {
      throw Failure(error, output: output == "-" ? "standard output" : output)
    }
    console.say(
      "\(PackageText.summary(summary)); wrote \(Quantity.bytes(summary.documentBytes)) to "
        + "\(output == "-" ? "standard output" : TerminalText.of(output)) in \(Quantity.time(.now - start))")
    console.say("digest \(summary.digest)")
    if json {
      PackReport(
        package: PackageReport(
          summary, sourceType: format.sourceType, payloadBytes: summary.documentBytes),
        output: output
      ).write()
    }
  }

  private func write(
    _ plan: Plan, _ head: DocumentHead, to number: Int32, _ settings: PackageWriter.Settings
  ) throws(PackageError) -> PackageSummary {
    let sink = DescriptorSink(number)
    return switch format {
    case .json: try PackageWriter.write(plan, head: head, to: sink, settings: settings)
    case .zip: try PackageWriter.writeZip(plan, to: sink, settings: settings)
    }
  }

  /// What actor.json says about the version; nothing where there is none.
  private func head(_ source: TreeSource) throws(Failure) -> DocumentHead {
    do throws(ProjectError) {
      let configuration = try source.configuration()
      return DocumentHead(versionNumber: configuration.version?.description, buildTag: configuration.buildTag)
    } catch {
      if error.code == .noActor { return DocumentHead() }
      throw Failure(error)
    }
  }
}

/// What pack says in JSON.
struct PackReport: Report {
  let ok = true
  let operation = PackCommand.operation
  let package: PackageReport
  let output: String
}
