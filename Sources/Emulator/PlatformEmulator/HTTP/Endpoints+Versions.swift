// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

extension Endpoints {
  func registerVersions(on versions: RouterGroup<EmulatorContext>) {
    versions.get { request, context in
      let user = try user(of: request)
      let actor = try store.read { state throws(PlatformError) in
        try state.actor(context.actorReference, for: user, access: .read)
      }
      return try Answer.data(
        VersionList(
          total: actor.versions.count,
          items: actor.versions.map { VersionView($0, includingFiles: false) }))
    }

    versions.post { request, context in
      let user = try user(of: request)
      let change = try await request.decodeJSON(VersionChange.self, context: context)
      let version = try store.update { state throws(PlatformError) in
        try state.createVersion(change, of: context.actorReference, for: user, at: clock())
      }
      return try Answer.data(VersionView(version, includingFiles: true), status: .created)
    }

    versions.get("{version}") { request, context in
      let user = try user(of: request)
      let version = try store.read { state throws(PlatformError) in
        try state.version(context.versionNumber, of: context.actorReference, for: user)
      }
      return try Answer.data(VersionView(version, includingFiles: true))
    }

    versions.put("{version}") { request, context in
      let user = try user(of: request)
      let change = try await request.decodeJSON(VersionChange.self, context: context)
      let version = try store.update { state throws(PlatformError) in
        try state.updateVersion(
          context.versionNumber, of: context.actorReference, with: change, for: user, at: clock())
      }
      return try Answer.data(VersionView(version, includingFiles: true))
    }

    versions.delete("{version}") { request, context in
      let user = try user(of: request)
      try store.update { state throws(PlatformError) in
        try state.deleteVersion(context.versionNumber, of: context.actorReference, for: user, at: clock())
      }
      return Answer.noContent
    }
  }

  private struct VersionList: Encodable {
    let total: Int
    let items: [VersionView]
  }
}
