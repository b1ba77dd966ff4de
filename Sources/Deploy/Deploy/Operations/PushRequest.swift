// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject

/// What a push is asked to do, beside what actor.json says.
package struct PushRequest: Sendable {
  /// Whether the version is built.
  package enum BuildChoice: Sendable, Equatable {
    /// Where the version was changed.
    case whenChanged
    /// Also where it is up to date.
    case always
    /// Not at all.
    case never
  }

  /// Whether a package says where it comes from.
  package enum ProvenanceChoice: Sendable {
    /// It does, unless `.actor/actorpush.json` says otherwise.
    case byProject
    /// It does, and there must be a commit to name.
    case always
    /// It does not.
    case never
  }

  /// Which files.
  package var location: ProjectLocation
  /// Which version.
  package var target = VersionTarget()
  /// Variables of the command line; they win over those of actor.json.
  package var variables: [DeclaredVariables.Variable] = []
  /// The form that the files are sent in.
  package var form = SourceChoice.auto
  /// Whether the version is built.
  package var build = BuildChoice.whenChanged
  /// Whether the build is followed to its end.
  package var followsBuild = true
  /// The tag that is tried before the version's own moves; nil for a push that moves that at once.
  package var candidate: Candidate?
  /// How long the build is followed; nil for as long as it takes.
  package var wait: Duration?
  /// How long the whole push may take; nil for an hour beyond the wait for the build.
  package var timeout: Duration?
  /// Whether to push an unchanged package, and over changes of others.
  package var isForced = false
  /// Whether the platform's variables that actor.json does not declare are removed.
  package var prunesVariables = false
  /// Whether variables whose secret is neither here nor on the platform are left out.
  package var allowsMissingSecrets = false
  /// The token in use, which the package must not hold; nil for the one that the environment and the user's
  /// files give.
  package var token: String?
  /// Files, by their paths in the project directory, that may hold secrets.
  package var secretsAllowedIn: Set<[UInt8]> = []
  /// How many zips of former builds are kept beside those that are in use.
  package var keptArchives = 5
  /// Whether the account of the token may be another one than the directory was pushed to before.
  package var switchesAccount = false
  /// Whether findings that are more than notes stop the push.
  package var isStrict = false
  /// Whether nothing is changed.
  package var isDryRun = false
  /// Whether the package says where it comes from.
  package var provenance = ProvenanceChoice.byProject
  /// The branch that the commit was pushed to, where it is known.
  package var branch: String?
  /// The name and version of the program, for the provenance.
  package var tool: String

  /// How long the whole push may take.
  package var limit: Duration { timeout ?? PushBudget.beyondWait + (wait ?? PushBudget.buildWait) }

  /// A push of the files at `location` by `tool`, by what actor.json says.
  package init(_ location: ProjectLocation, tool: String) {
    self.location = location
    self.tool = tool
  }
}
