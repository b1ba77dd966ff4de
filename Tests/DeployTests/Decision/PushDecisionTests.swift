// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import SourcePackage
import Testing

@testable import Deploy

@Suite("The decision of a push")
struct PushDecisionTests {
  @Test(
    "follows the rules in every situation", arguments: RemoteState.allCases, BaseState.allCases)
  func everySituation(_ remote: RemoteState, _ base: BaseState) throws {
    #expect(RuleTable.count == RuleTable.Relation.allCases.count * BaseState.allCases.count)
    for local in [ProjectState.base, .edited] {
      for form in [SourceType.sourceFiles, .tarball] {
        for variables in VariableState.allCases {
          for tag in TagState.allCases {
            for isForced in [false, true] {
              let situation = Situation(
                remote: remote, local: local, form: form, base: base, variables: variables, tag: tag,
                isForced: isForced)
              let (verdict, expected) = (try situation.verdict(), RuleTable.verdict(situation))
              #expect(verdict == expected, "\(situation): \(verdict), not \(expected)")
            }
            // What would be refused is what a forced push says that it overwrites.
            var situation = Situation(
              remote: remote, local: local, form: form, base: base, variables: variables, tag: tag)
            let refused = try situation.decision().conflict.map { Objection($0.reason) }
            situation.isForced = true
            let overwritten = try situation.decision().overwritten.map { Objection($0.reason) }
            #expect(overwritten.first == refused, "\(situation)")
            #expect(
              overwritten.contains(.variables)
                == (variables == .contested && remote != .noActor && remote != .noVersion), "\(situation)")
          }
        }
      }
    }
  }

  @Test("is what a person expects where it is dangerous", arguments: DangerousSituation.all)
  func dangerous(_ danger: DangerousSituation) throws {
    #expect(try danger.situation.verdict() == danger.verdict)
  }

  @Test("has nothing to say about an executable bit, but sends it in a zip")
  func executableBit() throws {
    let (plain, executable) = (try Manifest.of(["run": "x"]), try Manifest.of(["run*": "x"]))
    for base in BaseState.allCases {
      var remote = try #require(try RemoteState.unknownZip.version(tag: nil, variables: []))
      remote.manifest = plain
      let decision = PushDecision(
        PushDecision.Facts(
          local: PackageFacts(
            manifest: executable, sourceType: .tarball),
          remote: remote, hasActor: true, base: try base.base(),
          variables: VariableDifference(), buildTag: nil, isForced: false))
      #expect(
        Verdict(decision.action, decision.conflict.map { Objection($0.reason) }, sends: decision.sendsSource)
          == Verdict(.update, sends: true), "\(base)")
    }
  }

  @Test("takes a base that only differs in its executable bits for the version's own content")
  func executableBase() throws {
    let base = try Manifest.of(["run*": "x"])
    let local = PackageFacts(manifest: try .of(["run": "y"]), sourceType: .sourceFiles)
    let version = ActorVersion.files(["run": "x"])
    let comparison = SourceComparison(
      local: local, remote: RemoteVersion(version, root: .apify), base: .manifest(base))
    #expect(comparison.conflict == nil)
  }

  @Test("names what each side has changed since the base")
  func sides() throws {
    let base = try Manifest.of(["a": "1", "b": "1", "c": "1"])
    let local = PackageFacts(
      manifest: try .of(["a": "2", "b": "1", "c": "2"]), sourceType: .sourceFiles)
    let version = ActorVersion.files(["a": "1", "b": "3", "c": "3"])
    let conflict = try #require(
      SourceComparison(
        local: local, remote: RemoteVersion(version, root: .apify), base: .manifest(base)
      ).conflict)
    let names = { (difference: ManifestDifference?) in
      difference?.files.map { String(decoding: $0.name, as: UTF8.self) }
    }
    #expect(names(conflict.difference) == ["a", "b", "c"])
    #expect(names(conflict.theirs) == ["b", "c"])
    #expect(names(conflict.ours) == ["a", "c"])
  }

  @Test("counts no provenance as a difference")
  func provenance() throws {
    let local = PackageFacts(manifest: try .of(["a": "1"]), sourceType: .sourceFiles)
    let version = ActorVersion.files(["a": "1", Provenance.path: "{}"])
    let comparison = SourceComparison(
      local: local, remote: RemoteVersion(version, root: .apify), base: .lost)
    #expect(comparison.isSame && comparison.conflict == nil)
  }
}
