// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Programs that go on when this one has ended.
package enum DetachedProcess {
  /// Starts `program` in a session of its own. What it says goes to the file `log`, which is made or grows; nothing else that is open here
  /// is passed on.
  package static func start(
    _ program: [UInt8], _ arguments: [String], variables: [String: String], log: [UInt8]
  ) throws(SystemError) {
    let output = try Descriptor.open(CString(log), flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
    let path = CString(program)
    let words = CStringList([String(decoding: program, as: UTF8.self)] + arguments)
    let environment = CStringList(variables.map { "\($0.key)=\($0.value)" })
    // SAFETY: both lists end with a null pointer, and live as long as the call.
    let started = unsafe actorpush_start_detached(
      path.pointer, words.pointers, environment.pointers, output.number)
    if started < 0 { throw .current }
  }
}

/// Texts for the system: pointers to C strings, and a null pointer behind the last one.
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
