// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Tells by a file's status alone that it has been left alone for a while: so one look at it, after it was
/// read, does for one before and one after. git's index trusts files in the same way ("racily clean").
package struct FileClock {
  /// The coarsest times of the file systems that are trusted are whole seconds; as much again for a clock
  /// that is being set.
  private static let grain = 2_000_000_000

  /// The last device that was asked about.
  private var device: UInt64?
  private var isTimedHere = false

  /// A clock that knows of no device yet.
  package init() {}

  /// The time now, as the times of files; nil where it can't be compared with them.
  package static var now: Int? {
    let now = actorpush_file_clock()
    return now < 0 ? nil : Int(now)
  }

  /// Whether the open file `descriptor`, whose status is `status`, is what it was at `moment`. False where
  /// that is not certain.
  package mutating func isUntouched(
    _ descriptor: borrowing Descriptor, _ status: FileStatus, since moment: Int
  ) -> Bool {
    guard status.changed < moment - Self.grain else { return false }
    if device != status.identity.device {
      device = status.identity.device
      isTimedHere = actorpush_is_timed_here(descriptor.rawValue) != 0
    }
    return isTimedHere
  }
}
