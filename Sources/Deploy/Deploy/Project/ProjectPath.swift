// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Paths of the system as the package names them.
enum ProjectPath {
  /// `path` relative to the project directory `root`, which is absolute and without symbolic links; empty for
  /// `root` itself.
  ///
  /// It need not exist. Symbolic links lead on as far as to the project; those in it stay as they are,
  /// because they are entries of the package. ".." is what the system makes of it.
  static func relative(_ path: [UInt8], to root: [UInt8]) throws(DeployError) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    var current = [slash]
    do throws(SystemError) {
      if path.first != slash { current = try Paths.resolved(Array(".".utf8)) }
    } catch {
      throw .noSuchPath(path, .system(error))
    }
    for component in path.split(separator: slash) where !component.elementsEqual(".".utf8) {
      if component.elementsEqual("..".utf8) {
        current = Paths.parent((try? Paths.resolved(current)) ?? current) ?? [slash]
      } else {
        current = Paths.join(current, Array(component))
        if !Paths.isInside(current, root) { current = (try? Paths.resolved(current)) ?? current }
      }
    }
    guard Paths.isInside(current, root) else { throw .noSuchPath(path, .outside(root)) }
    return Array(current.dropFirst(root.count).drop { $0 == slash })
  }
}
