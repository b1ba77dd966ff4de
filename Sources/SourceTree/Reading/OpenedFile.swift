// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import POSIX

/// A file of a plan, open, with what the system knew of it before the first byte was read: a package holds a
/// file as it was at one time, or is not made.
package struct OpenedFile: ~Copyable {
  /// The open file.
  package let descriptor: Descriptor
  /// What it was before.
  package let status: FileStatus
  /// Its path, for errors.
  private let plan: Plan
  private let index: Int

  init(_ descriptor: consuming Descriptor, plan: Plan, index: Int) throws(SystemError) {
    let status = try descriptor.status()
    guard status.isRegular else { throw SystemError(code: EISDIR) }
    self.descriptor = descriptor
    self.status = status
    self.plan = plan
    self.index = index
  }

  /// Throws if `count`, the number of bytes that were read, is not what there was, or if the file has changed
  /// since it was opened.
  package func checkUnchanged(afterReading count: Int) throws(SourceTreeError) {
    guard count == status.byteCount, let now = try? descriptor.status(), now.modified == status.modified,
      now.byteCount == status.byteCount
    else { throw SourceTreeError(.changed, path: plan.path(of: index)) }
  }

  /// The error for a read that failed with `error`.
  package func failure(_ error: SystemError) -> SourceTreeError {
    SourceTreeError(.unreadable, path: plan.path(of: index), system: error)
  }

  /// The error for a file whose content is no longer what it was.
  package func changed() -> SourceTreeError { SourceTreeError(.changed, path: plan.path(of: index)) }
}
