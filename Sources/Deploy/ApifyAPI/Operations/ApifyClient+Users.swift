// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// Whose token this is: `GET users/me`.
  package func currentUser() async throws -> User {
    try await run(.get("users", "me"), decode: Envelope<User>.decode)
  }
}
