// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SourceTree
internal import SystemIO

extension Project {
  /// Throws where there is something in the place of actor.json that is no file, or that cannot be read: the
  /// project is no Actor without one, and what is there was meant to be it.
  func checkActorFile() throws(DeployError) {
    for place in ActorConfiguration.places {
      if let obstacle = obstacle(at: place) { throw .project(obstacle) }
    }
  }

  /// Why the file `path` cannot be read as a configuration; nil where it can, or is not there.
  func obstacle(at path: String) -> ProjectError? {
    let bytes = Array(path.utf8)
    let found =
      if let commit { commit.kind(of: bytes).flatMap { Obstacle($0) } } else {
        Obstacle(Paths.join(location.directory, bytes))
      }
    return found.map {
      ProjectError(.invalidConfiguration, file: path, reason: $0.cause, help: $0.help)
    }
  }
}

/// What stands where a file belongs.
private struct Obstacle {
  /// A configuration has some kilobytes; of a file of any size a text is made, and its values are kept.
  static let byteLimit = 8 << 20

  let cause: String
  let help: String

  private init(_ cause: String, help: String = "put a file in its place, or remove it") {
    self.cause = cause
    self.help = help
  }

  /// What stands at `path`; nil where nothing does, and where that is a file which can be read.
  init?(_ path: [UInt8]) {
    let name = CString(path)
    do throws(SystemError) {
      let isLink = try Paths.status(name, followingLinks: false).isLink
      let status: FileStatus
      do throws(SystemError) { status = try Paths.status(name) } catch {
        guard isLink else { throw error }
        self.init("a symbolic link that leads nowhere (\(error.message))")
        return
      }
      if status.isRegular, status.byteCount <= Self.byteLimit {
        _ = try Descriptor.open(name, as: .fileThroughLinks)
        return nil
      }
      self.init(status)
    } catch {
      if error.saysAbsent { return nil }
      self.init(error.message, help: "make it readable")
    }
  }

  /// What a file that cannot be read is, by its status.
  private init(_ status: FileStatus) {
    if status.isDirectory {
      self.init("a directory, not a file")
    } else if status.isRegular {
      let (size, limit) = (Quantity.bytes(status.byteCount), Quantity.bytes(Self.byteLimit))
      self.init("it has \(size), and \(limit) are read at the most", help: "make it smaller")
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
