// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a terminal is like.
package enum Terminal {
  /// The number of columns of the terminal that is open as `number` (tty_ioctl(4)); nil where it is none, or
  /// does not say.
  package static func columns(of number: Int32) -> Int? {
    var size = winsize()
    // SAFETY: TIOCGWINSZ fills a winsize, and nothing else.
    guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Makes `count` the width that a library sees which asks for it by itself (COLUMNS). No other thread may
  /// read the environment meanwhile.
  package static func announce(columns count: Int) {
    // SAFETY: both strings end with NUL, and are copied; the caller has the environment for itself.
    _ = unsafe setenv("COLUMNS", String(count), 1)
  }
}
