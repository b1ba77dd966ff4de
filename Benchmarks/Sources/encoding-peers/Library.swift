// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Foundation

/// A peer's function, from a shared library that the script has built.
func loadFunction<Function>(_ name: String, from path: String, as type: Function.Type) -> Function? {
  guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, name) else {
    return nil
  }
  return unsafeBitCast(symbol, to: type)
}

typealias LibBase64Encode =
  @convention(c) (
    UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?, Int32
  ) -> Void
typealias ValidateUTF8 = @convention(c) (UnsafeRawPointer?, Int) -> Bool

/// What the Python side measured: a name and a number for each size or text.
func loadFigures(_ path: String) -> [String: [String: Double]] {
  guard let data = FileManager.default.contents(atPath: path),
    let figures = try? JSONSerialization.jsonObject(with: data) as? [String: [String: Double]]
  else { return [:] }
  return figures
}
