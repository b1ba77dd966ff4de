// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

public import SourceTree
internal import SystemIO

/// Makes packages of a project's files, as `actorpush pack` does: in one pass, on all processors, in bounded
/// memory. The same files give the same bytes. Its functions block: call them on a thread of their own.
///
/// ```swift
/// let files = try ProjectFiles(in: ".")
/// let summary = try ProjectPackage.examine(files)
/// print(summary.digest, summary.files)
/// ```
public enum ProjectPackage {
  /// What a package consists of.
  public struct Summary: Hashable, Sendable {
    /// Files.
    public let files: Int
    /// Directories.
    public let folders: Int
    /// Bytes of all files.
    public let bytes: Int
    /// Bytes of content as the platform counts them against its limit for files inline; 0 of a zip.
    public let inlineBytes: Int
    /// The package digest: 64 hexadecimal digits, of names and contents alone (of a zip, of executable bits,
    /// too).
    public let digest: String

    init(_ summary: PackageSummary) {
      files = summary.files
      folders = summary.folders
      bytes = summary.bytes
      inlineBytes = summary.inlineBytes
      digest = summary.digest
    }
  }

  /// Reads all files, and writes nothing: the counts and the digest of the version document.
  public static func examine(_ files: ProjectFiles) throws(ProjectPackageError) -> Summary {
    do throws(PackageError) {
      return Summary(try PackageWriter.examine(files.plan, isZip: false, countsInlineBytes: true).summary)
    } catch {
      throw ProjectPackageError(error)
    }
  }

  /// Writes the document that the platform's API takes as a version to the open file `descriptor`, without a
  /// version number, a tag or environment variables.
  @discardableResult
  public static func writeDocument(
    _ files: ProjectFiles, to descriptor: Int32
  ) throws(ProjectPackageError) -> Summary {
    do throws(PackageError) {
      return Summary(
        try PackageWriter.write(files.plan, head: DocumentHead(), to: DescriptorSink(descriptor)))
    } catch {
      throw ProjectPackageError(error)
    }
  }

  /// Writes the files as a zip to the open file `descriptor`, which need not be able to seek.
  @discardableResult
  public static func writeZip(
    _ files: ProjectFiles, to descriptor: Int32
  ) throws(ProjectPackageError) -> Summary {
    do throws(PackageError) {
      return Summary(try PackageWriter.writeZip(files.plan, to: DescriptorSink(descriptor)))
    } catch {
      throw ProjectPackageError(error)
    }
  }
}
