// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ApifyClient {
  /// The owner of the token: `GET users/me`.
  package func currentUser() async throws -> User {
    try await run(.get("users", "me"), decode: Envelope<User>.decode)
  }
}
