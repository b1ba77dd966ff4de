// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel
internal import SystemIO

extension Endpoints {
  func registerVariables(on variables: RouterGroup<EmulatorContext>) {
    variables.get { request, context in
      let user = try user(of: request)
      let version = try store.read { state throws(PlatformError) in
        try state.version(context.versionNumber, of: context.actorReference, for: user)
      }
      return try Answer.data(
        VariableList(total: version.envVars.count, items: version.envVars.map(EnvironmentVariableView.init)))
    }

    variables.post { request, context in
      let change = try await request.decodeJSON(EnvironmentVariableChange.self, context: context)
      return try create(change, request, context)
    }

    variables.get("{variable}") { request, context in
      let user = try user(of: request)
      let variable = try store.read { state throws(PlatformError) in
        try state.variable(context.variableName, of: context.versionNumber, context.actorReference, for: user)
      }
      return try Answer.data(EnvironmentVariableView(variable))
    }

    variables.put("{variable}") { request, context in
      let change = try await request.decodeJSON(EnvironmentVariableChange.self, context: context)
      return try update(change, request, context)
    }

    variables.delete("{variable}") { request, context in
      let user = try user(of: request)
      try store.update { state throws(PlatformError) in
        try state.deleteVariable(
          context.variableName, of: context.versionNumber, context.actorReference, for: user, at: clock())
      }
      return Answer.noContent
    }
  }

  private func create(
    _ change: EnvironmentVariableChange, _ request: Request, _ context: EmulatorContext
  ) throws -> Response {
    let user = try user(of: request)
    let variable = try store.update { state throws(PlatformError) in
      try state.createVariable(
        change, of: context.versionNumber, context.actorReference, for: user, at: clock())
    }
    return try Answer.data(EnvironmentVariableView(variable), status: .created)
  }

  private func update(
    _ change: EnvironmentVariableChange, _ request: Request, _ context: EmulatorContext
  ) throws -> Response {
    let user = try user(of: request)
    let variable = try store.update { state throws(PlatformError) in
      try state.updateVariable(
        context.variableName, of: context.versionNumber, context.actorReference, with: change, for: user,
        at: clock())
    }
    return try Answer.data(EnvironmentVariableView(variable))
  }

  private struct VariableList: Encodable {
    let total: Int
    let items: [EnvironmentVariableView]
  }
}

extension EmulatorContext {
  /// The variable that the address names.
  fileprivate var variableName: String {
    parameters.get("variable").flatMap { PercentEncoding.decode($0) } ?? ""
  }
}
