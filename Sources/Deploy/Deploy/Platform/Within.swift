// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What `body` gives, which is cancelled after `limit`; nil where it takes longer.
func within<Value: Sendable>(
  _ limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
  await withTaskGroup(of: Value?.self) { group in
    defer { group.cancelAll() }
    group.addTask { await body() }
    group.addTask {
      try? await Task.sleep(for: limit)
      return nil
    }
    return await group.next() ?? nil
  }
}
