// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// The way of a remote's address from the hook to the process that asks the remote.
///
/// A job's file keeps no password. An address that holds one is handed over in the environment of that
/// process, which ends with it.
enum RemoteAddress {
  private static let variable = "ACTORPUSH_REMOTE_ADDRESS"

  /// What the process gets beside the variables of the hook; nothing where `address` holds no secret.
  static func handedOver(_ address: String?) -> [String: String] {
    guard let address, AddressText.withoutSecrets(address) != address else { return [:] }
    return [variable: address]
  }

  /// The address to ask, and the context without it: no program that is started needs it.
  static func taken(from context: OperationContext, for job: DeployJob) -> (String, OperationContext) {
    guard let address = context.variable(variable) else { return (job.url, context) }
    let rest = OperationContext(
      variables: context.variables.filter { $0.key != variable }, home: context.home,
      stateDirectory: context.stateDirectory, spoolDirectories: context.spoolDirectories,
      cancellation: context.cancellation)
    return (AddressText.withoutSecrets(address) == job.url ? address : job.url, rest)
  }
}
