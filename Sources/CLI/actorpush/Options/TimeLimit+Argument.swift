// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ArgumentParser

extension TimeLimit: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}
