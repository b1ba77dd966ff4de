// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("The value of a variable")
struct VariableBytesTests {
  @Test("is compared by its bytes: another form of a character is another value")
  func unicode() throws {
    let (one, other) = ("caf\u{E9}", "cafe\u{301}")
    let current = EnvironmentVariable(name: "A", value: other)
    #expect(one == other && EnvironmentVariable(name: "A", value: one) != current)
    var declared = DeclaredVariables()
    declared.values = [try #require(.init(name: "A", value: one, isSecret: false))]
    let difference = VariableDifference(declared, current: [current], remembered: nil)
    #expect(difference.changed == ["A"] && difference.settings.first?.variable.value?.utf8.count == 5)
  }
}
