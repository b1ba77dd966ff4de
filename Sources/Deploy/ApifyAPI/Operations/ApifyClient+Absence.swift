// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What `operation` returns, or nil where the platform says that there is none; every other error stays one.
func nilIfNotFound<Output>(_ operation: () async throws -> Output) async throws -> Output? {
  do {
    return try await operation()
  } catch let error as APIError where error.isNotFound {
    return nil
  }
}
