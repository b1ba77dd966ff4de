// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import NIOSSL
internal import SystemIO

extension TrustedRoots {
  /// Those that a file holds in PEM form, one at least.
  static func certificates(of file: Source) throws(Failure) -> [NIOSSLCertificate] {
    let contents: [UInt8]
    do throws(SystemError) {
      contents = try Descriptor.open(CString(file.path), as: .fileThroughLinks).readAll(limit: 64 << 20)
    } catch {
      throw .unreadable(file, error)
    }
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(contents), !certificates.isEmpty else {
      throw .empty(file)
    }
    return certificates
  }

  /// The names in a directory.
  static func names(in directory: Source) throws(Failure) -> [[UInt8]] {
    do throws(SystemError) {
      return try DirectoryScanner.names(
        in: Descriptor.open(CString(directory.path), as: .directoryThroughLinks))
    } catch {
      throw .unreadable(directory, error)
    }
  }

  /// Whether a certificate is found by this name, as openssl-rehash(1) makes them: the digest of its subject,
  /// and a number.
  static func isDigestName(_ name: [UInt8]) -> Bool {
    name.count > 9 && name[8] == UInt8(ascii: ".")
      && name.prefix(8).allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
      && name.dropFirst(9).allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
  }

  /// Those of files in a directory: of all, unless some have such names. Others than certificates may lie
  /// there.
  static func certificates(_ names: [[UInt8]], in directory: Source) throws(Failure)
    -> [NIOSSLCertificate]
  {
    var found: [NIOSSLCertificate] = []
    let named = names.filter(isDigestName)
    for name in named.isEmpty ? names : named {
      let file = Source(path: Paths.join(directory.path, name), name: directory.name)
      guard Paths.status(file.path)?.isDirectory == false else { continue }
      found += (try? certificates(of: file)) ?? []
    }
    guard !found.isEmpty else { throw .empty(directory) }
    return found
  }
}
