// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI

extension [EnvironmentVariable] {
  /// Variables by words: `NAME=value`, with a `!` behind the name of a secret.
  init(words text: String) {
    self = text.split(separator: " ").map { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isSecret = parts[0].hasSuffix("!")
      return EnvironmentVariable(
        name: String(isSecret ? parts[0].dropLast() : parts[0]),
        value: parts.count > 1 ? String(parts[1]) : nil,
        isSecret: isSecret ? true : nil)
    }
  }
}
