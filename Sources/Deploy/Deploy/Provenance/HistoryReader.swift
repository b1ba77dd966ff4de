// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SourceTree
internal import Synchronization
internal import SystemIO

/// The history of a project's repository, which git is asked for when it is first needed, and only then.
final class HistoryReader: Sendable {
  private let project: Project
  private let request: PushRequest
  private let found = Mutex<Result<CommitHistory, SourceTreeError>?>(nil)

  /// The history that bears on a push of `project`.
  init(_ project: Project, _ request: PushRequest) {
    self.project = project
    self.request = request
  }

  /// The history. Blocks.
  ///
  /// - Throws: that there is no repository, or no such commit.
  func read() throws(SourceTreeError) -> CommitHistory {
    try found.withLock { found -> Result<CommitHistory, SourceTreeError> in
      if let found { return found }
      let result: Result<CommitHistory, SourceTreeError>
      do throws(SourceTreeError) { result = .success(try ask()) } catch { result = .failure(error) }
      found = result
      return result
    }.get()
  }

  /// Why the history of a repository that is there could not be read; nil where it could, or was not asked
  /// for, and where there is none. Blocks.
  var obstacle: SourceTreeError? {
    guard case .failure(let error)? = found.withLock(\.self) else { return nil }
    switch error.code {
    case .noSuchCommit, .interrupted: return nil
    default: return project.commit != nil || liesInRepository ? error : nil
    }
  }

  private func ask() throws(SourceTreeError) -> CommitHistory {
    if project.commit == nil, !liesInRepository {
      throw SourceTreeError(
        .noRepository, path: project.location.directory,
        detail: "not a git repository (or any of the parent directories): .git")
    }
    var history = try CommitHistory(
      of: project.location, revision: project.commit?.objectName,
      name: request.location.revisionName ?? request.location.revision,
      branch: request.branch, options: project.walkOptions, variables: project.context.variables,
      spoolDirectories: project.context.spoolDirectories, cancellation: project.context.cancellation)
    history.context = try? project.contextSource()?.context
    return history
  }

  /// Whether there is anything to ask git for. Most directories that are none of git's are known by a look,
  /// where git would take as long as a request.
  private var liesInRepository: Bool {
    if project.context.variables["GIT_DIR"] != nil { return true }
    guard let path = try? Paths.resolved(project.location.directory) else { return true }
    do throws(BrokenGitFile) {
      return try GitDirectories.containing(path, project.walkOptions.git) != nil
    } catch {
      return true
    }
  }
}
