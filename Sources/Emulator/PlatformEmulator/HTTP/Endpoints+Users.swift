// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

extension Endpoints {
  func registerUsers(on router: Router<EmulatorContext>) {
    router.get("/v2/users/me") { request, _ in
      try Answer.data(UserView(try user(of: request)))
    }
  }
}
