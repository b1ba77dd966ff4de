// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Programs that outlive this one.
package enum DetachedProcess {
  /// Starts `program` in a session of its own. Its standard output and standard error are appended to the
  /// file `log`, its standard input is empty, and it inherits no other open file.
  package static func start(
    _ program: [UInt8], _ arguments: [String], variables: [String: String], log: [UInt8]
  ) throws(SystemError) {
    let output = try Descriptor.open(CString(log), flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
    let path = CString(program)
    let words = CStringList([String(decoding: program, as: UTF8.self)] + arguments)
    let environment = CStringList(variables.map { "\($0.key)=\($0.value)" })
    // SAFETY: both lists end with a null pointer, and live as long as the call.
    let started = unsafe actorpush_start_detached(
      path.pointer, words.pointers, environment.pointers, output.rawValue)
    if started < 0 { throw .current }
    // A process that outlives its child must reap it: a zombie stays, and hides other children from
    // waitid(2).
    Threads.detach {
      var status: Int32 = 0
      while unsafe waitpid(started, &status, 0) < 0, errno == EINTR {}
    }
  }
}

/// Pointers to C strings, with a null pointer behind the last one.
@safe private struct CStringList: ~Copyable {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    unsafe pointers = .allocate(capacity: texts.count + 1)
    // SAFETY: as many as were allocated, each initialised once; strdup's memory is freed by deinit.
    for (index, text) in texts.enumerated() { unsafe (pointers + index).initialize(to: strdup(text)) }
    unsafe (pointers + texts.count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { unsafe free(pointers[index]) }
    unsafe pointers.deallocate()
  }
}
