// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Where the package of `plan` comes from; nil where it does not say, or has no room for it: that is no
  /// reason to refuse a package, or to send it in another form.
  func provenance(_ plan: PushPlan) async -> Provenance? {
    guard let find = settings.provenance else { return nil }
    let package = plan.package
    var found = await Threads.run { find(package) }
    found.buildTag = await toldTag(plan)
    guard case .files(let files) = package.source else { return found }
    let count = found.contents.count
    let hasRoom =
      package.summary.inlineBytes + count <= PlatformLimits.inlineBytes
      && files.byteCount + count <= PlatformLimits.requestBytes
    return hasRoom ? found : nil
  }
}
