// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(5))) struct VariableContractTests {
  private static let actor = Fixture.actor

  private static func set(
    _ name: String, _ value: String?, isSecret: Bool? = nil, isNew: Bool, _ fixture: Fixture
  ) async throws {
    try await fixture.platform.setVariable(
      .init(name: name, value: value, isSecret: isSecret), isNew: isNew, actor: actor, number: "0.1")
  }

  /// The variables with their values, also of secrets.
  private static func kept(_ fixture: Fixture) throws -> [String] {
    try fixture.edits.version("0.1", of: "~my-actor").envVars.map {
      "\($0.name)\($0.isSecret ? "!" : "")=\($0.value)"
    }
  }

  @Test(arguments: Subject.allCases, [false, true])
  func aVariableIsSetAndTheOthersStay(subject: Subject, isTakenForNew: Bool) async throws {
    try await Fixture.withActor(subject) { fixture in
      try await Self.set("PLAIN", "other", isNew: isTakenForNew, fixture)
      #expect(try Self.kept(fixture) == ["PLAIN=other", "SECRET!=hidden"])
      try await Self.set("NEW", "1", isSecret: true, isNew: isTakenForNew, fixture)
      #expect(try Self.kept(fixture) == ["PLAIN=other", "SECRET!=hidden", "NEW!=1"])
    }
  }

  @Test(arguments: Subject.allCases)
  func aSecretKeepsTheValueThatIsNotSaid(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      try await Self.set("SECRET", nil, isSecret: true, isNew: false, fixture)
      #expect(try Self.kept(fixture) == ["PLAIN=seen", "SECRET!=hidden"])
      let error = try await refusal {
        try await Self.set("SECRET", nil, isSecret: false, isNew: false, fixture)
      }
      #expect(error.status == 400)
      #expect(try Self.kept(fixture) == ["PLAIN=seen", "SECRET!=hidden"])
    }
  }

  @Test(arguments: Subject.allCases)
  func aVariableIsRemovedAndTheOthersStay(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      for _ in 0..<2 {
        try await fixture.platform.removeVariable("PLAIN", actor: Self.actor, number: "0.1")
        #expect(try Self.kept(fixture) == ["SECRET!=hidden"])
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func aVariableOfAnAbsentVersionIs404(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      for isNew in [false, true] {
        let error = try await refusal {
          try await fixture.platform.setVariable(
            .init(name: "A", value: "1"), isNew: isNew, actor: Self.actor, number: "0.9")
        }
        #expect(error.status == 404 && error.isNotFound)
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func aNewVariableIsThereAfterALostAnswer(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.loseAnswer(.setVariable)
      // The server's client has one attempt: it looks, and what it finds is there.
      try await Self.set("NEW", "1", isNew: true, fixture)
      #expect(try Self.kept(fixture).last == "NEW=1")
    }
  }

  @Test(arguments: Subject.allCases)
  func aNameIsAnyText(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      for name in ["WITH SPACE", "a/b", "ž%20?#", "..", "+"] {
        try await Self.set(name, "1", isNew: true, fixture)
        try await Self.set(name, "2", isNew: false, fixture)
        #expect(try Self.kept(fixture).last == "\(name)=2")
        try await fixture.platform.removeVariable(name, actor: Self.actor, number: "0.1")
        #expect(try Self.kept(fixture).count == 2)
      }
    }
  }
}
