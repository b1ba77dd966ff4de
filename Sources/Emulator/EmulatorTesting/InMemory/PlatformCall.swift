// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// A call to an ``InMemoryPlatform``.
package struct PlatformCall: Equatable, Sendable {
  /// The functions of `Platform` that the platform carries out; `updateVersion` covers both of its forms.
  package enum Kind: CaseIterable, Sendable {
    case currentUser, actor, createActor, version, createVersion, updateVersion
    case setVariable, removeVariable
    case startBuild, build, builds, abortBuild, followLog, readLog, setTag
    case startRun, run, runs, abortRun
    case getOrCreateStore, putRecord, recordTail, readRecord, recordKeys, removeRecord
  }

  /// What is called.
  package let kind: Kind
  /// Counts the calls of this kind, from 1.
  package let number: Int
  /// `GET`, `PUT`, `POST` or `DELETE`, as over HTTP.
  package let method: String
  /// The path of the request over HTTP, with its query.
  package let path: String
}

/// What goes wrong with one call.
package enum CallFault: Sendable {
  /// The call throws an error, and nothing has been done.
  case refused(APIError)
  /// The call is carried out, and throws an error then.
  case refusedAfterwards(APIError)
  /// The call is carried out, and its answer is lost. As `ApifyClient` does, a call that creates something
  /// looks for it and returns it; another one throws an error of type `network-error` whose outcome is
  /// unknown, as after the last attempt.
  case lostAnswer
}
