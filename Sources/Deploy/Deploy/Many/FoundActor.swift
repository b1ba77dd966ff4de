// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import SystemIO

/// An Actor of a repository.
package struct FoundActor: Sendable {
  /// Its files.
  package let location: ProjectLocation
  /// What its actor.json says, or why that is not valid.
  package let configuration: Result<ActorConfiguration, DeployError>

  /// Its directory, as a user would type it.
  package var directory: [UInt8] { location.directory }

  /// What it is sorted into shards by: its name, or its path where it has none.
  package var key: [UInt8] {
    if case .success(let configuration) = configuration, let name = configuration.name {
      return Array(name.description.utf8)
    }
    return directory
  }

  /// The Actor at `location`. Blocks.
  package init(_ location: ProjectLocation, _ context: OperationContext) {
    self.location = location
    do throws(DeployError) {
      let project = try Project(location, context)
      do throws(ProjectError) { configuration = .success(try project.configuration()) } catch {
        throw .project(error.inside(location.directory))
      }
    } catch {
      configuration = .failure(error)
    }
  }
}

extension ProjectError {
  /// The same error of a file in `directory`.
  package func inside(_ directory: [UInt8]) -> ProjectError {
    ProjectError(
      code, file: file.isEmpty ? "" : TerminalText.utf8(Paths.join(directory, Array(file.utf8))),
      position: position, reason: cause, help: help)
  }
}
