// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Returns what `operation` returns, or nil where it throws that the thing does not exist.
func nilIfNotFound<Output>(_ operation: () async throws -> Output) async throws -> Output? {
  do {
    return try await operation()
  } catch let error as APIError where error.isNotFound {
    return nil
  }
}
