// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser
internal import Deploy
internal import SystemIO

/// The options of a push that is tried before its tag moves.
struct CandidateOptions: ParsableArguments {
  @Flag(
    help: "Build under a tag of its own, and move the version's tag only if the build, and the run, succeed.")
  var candidate = false

  @Option(help: "The tag of a candidate.", completion: .tags)
  var candidateTag: String?

  @Option(
    help: ArgumentHelp(
      "Run the candidate once with this input, a JSON object, and wait for the end. A run costs money.",
      valueName: "file"), completion: .file())
  var input: String?

  func validate() throws {
    guard candidate || (candidateTag == nil && input == nil) else {
      throw ValidationError("--candidate-tag and --input are for --candidate")
    }
  }

  /// The candidate that is asked for; nil for none.
  func value() throws(Failure) -> Candidate? {
    guard candidate else { return nil }
    var value = Candidate()
    if let candidateTag { value.tag = try tagValue("--candidate-tag", candidateTag) }
    guard let input else { return value }
    let contents = try NamedFile.contents(input, "--input \(TerminalText.of(input))")
    do throws(ProjectError) { value.input = try RunInput(contents, file: input) } catch {
      throw Failure(error)
    }
    return value
  }
}
