// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Deploy

extension DeclaredVariables.Variable {
  /// The variable `name` with `value`; nil where there can be none.
  init?(name: String, value: String, isSecret: Bool) {
    guard let name = try? VariableName(name), let value = try? VariableValue(value) else { return nil }
    self.init(name, value, isSecret: isSecret)
  }
}
