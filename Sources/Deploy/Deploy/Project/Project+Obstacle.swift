// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SourceTree
internal import SystemIO

extension Project {
  /// Throws where there is something in the place of actor.json that is no file, or that cannot be read: the
  /// project is no Actor without one, and what is there was meant to be it.
  func checkActorFile() throws(DeployError) {
    for place in ActorConfiguration.places where contents(place) == nil {
      if let obstacle = obstacle(at: place) { throw .project(obstacle) }
    }
  }

  /// Why the file `path`, which has no contents, cannot be read; nil where it is not there.
  func obstacle(at path: String) -> ProjectError? {
    let bytes = Array(path.utf8)
    let found: Obstacle?
    if let commit {
      found = commit.kind(of: bytes).flatMap { Obstacle($0) }
    } else {
      found = Obstacle(Paths.join(location.directory, bytes))
    }
    return found.map {
      ProjectError(.invalidConfiguration, file: path, reason: $0.cause, help: $0.help)
    }
  }
}

/// What stands where a file belongs.
private struct Obstacle {
  let cause: String
  let help: String

  private init(_ cause: String, help: String = "put a file in its place, or remove it") {
    self.cause = cause
    self.help = help
  }

  /// What stands at `path`; nil where nothing does.
  init?(_ path: [UInt8]) {
    let name = CString(path)
    do throws(SystemError) {
      let isLink = try Paths.status(name, followingLinks: false).isLink
      do throws(SystemError) { self.init(try Paths.status(name)) } catch {
        guard isLink else { throw error }
        self.init("a symbolic link that leads nowhere (\(error.message))")
      }
    } catch {
      if error.isMissing || error.code == ENOTDIR { return nil }
      self.init(error.message, help: "make it readable")
    }
  }

  /// What a file that cannot be read is, by its status.
  private init(_ status: FileStatus) {
    if status.isDirectory {
      self.init("a directory, not a file")
    } else if status.isRegular {
      self.init("it cannot be read", help: "make it readable")
    } else {
      self.init("a FIFO, socket or device, not a file")
    }
  }

  /// What stands for a file in a commit.
  init?(_ kind: CommitSource.EntryKind) {
    switch kind {
    case .file: return nil
    case .directory: self.init("a directory, not a file")
    case .submodule: self.init("a submodule, not a file")
    case .brokenLink: self.init("a symbolic link that leads nowhere in the commit")
    }
  }
}
