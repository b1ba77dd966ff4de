// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// How far work is that takes long: one line at the end of a terminal, redrawn and in the end gone; elsewhere
/// a line after each 15 s in which nothing else was said.
///
/// The work only stores numbers. A thread of its own reads them, and draws. Whatever else is written to the
/// terminal takes the line away first (``aside(_:)``).
final class Progress: Sendable {
  /// How it is shown.
  enum Form: Sendable {
    case none
    /// As one line of at most so many characters, asked for each time.
    case line(columns: @Sendable () -> Int)
    /// As lines that stay.
    case lines
  }

  private struct State {
    var form = Form.none
    var stage: ProgressStage?
    var samples = ProgressSamples()
    var isShown = false
    /// What is shown.
    var text = ""
    var hasEnded = false
    /// When something was last written that stays, or the command began.
    var lastWritten = ContinuousClock.now
    var walked = 0
  }

  /// Work that takes less is not shown.
  private static let patience = Duration.milliseconds(300)
  private static let interval = 100
  /// How long nothing is said where there is no terminal.
  private static let silence = Duration.seconds(15)

  /// The one of the process, as there is one standard error.
  static let process = Progress()

  private let state = Monitor(State())
  private let isOn = Atomic<Bool>(false)
  private let count = Atomic<Int>(0)
  private let bytes = Atomic<Int>(0)
  /// The kind of the stage; 0 for none.
  private let current = Atomic<UInt8>(0)

  /// Begins to show, as `form` says, what is reported, and where nothing is, what `meter` counts; or, with
  /// `idle`, that something is waited for.
  func start(_ form: Form, meter: WorkMeter, idle: ProgressStage?) {
    if case .none = form { return }
    state.withLock { state in
      (state.form, state.lastWritten, state.samples) = (form, .now, ProgressSamples())
    }
    isOn.store(true, ordering: .releasing)
    Threads.detach { [self] in
      state.wait(pollingEvery: Self.interval) {
      } until: { state -> Void? in
        if state.hasEnded { return () }
        draw(&state, meter, idle)
        return nil
      }
    }
  }

  /// Begins `stage`, of which nothing is done yet.
  func begin(_ stage: ProgressStage) {
    guard isOn.load(ordering: .relaxed) else { return }
    state.withLock { state in
      count.store(0, ordering: .relaxed)
      bytes.store(0, ordering: .relaxed)
      current.store(stage.kind.rawValue, ordering: .relaxed)
      (state.stage, state.samples) = (stage, ProgressSamples())
    }
  }

  /// Sets how much of `stage` is done, which begins with the first report of its kind.
  func report(_ stage: ProgressStage, _ count: Int, bytes: Int = 0) {
    guard isOn.load(ordering: .relaxed) else { return }
    if current.load(ordering: .relaxed) != stage.kind.rawValue { begin(stage) }
    self.count.store(count, ordering: .relaxed)
    self.bytes.store(bytes, ordering: .relaxed)
  }

  /// Ends the stage, where it is `kind`.
  func end(_ kind: ProgressStage.Kind) {
    guard isOn.load(ordering: .relaxed) else { return }
    state.withLock { state in
      guard state.stage?.kind == kind else { return }
      current.store(0, ordering: .relaxed)
      (state.stage, state.samples) = (nil, ProgressSamples())
      erase(&state)
    }
  }

  /// Adds one to what is done of the stage.
  func step() { count.wrappingAdd(1, ordering: .relaxed) }

  /// Runs `body`, which writes to the terminal, without the line.
  func aside<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    guard isOn.load(ordering: .acquiring) else { return try body() }
    try state.withLock { state throws(Failure) in
      erase(&state)
      state.lastWritten = .now
      try body()
    }
  }

  /// Takes the line away, for good.
  func finish() {
    guard isOn.exchange(false, ordering: .acquiringAndReleasing) else { return }
    state.withLock { state in
      erase(&state)
      state.hasEnded = true
    }
    state.wakeAll()
  }

  private func draw(_ state: inout State, _ meter: WorkMeter, _ idle: ProgressStage?) {
    let now = ContinuousClock.now
    guard let stage = state.stage ?? unreported(&state, meter, idle) else { return }
    let done = stage.kind == .walking ? meter.count : count.load(ordering: .relaxed)
    state.samples.add(done, bytes: bytes.load(ordering: .relaxed), at: now)
    switch state.form {
    case .none: return
    case .line(let columns):
      guard now - state.samples.start >= Self.patience else { return }
      let text = ProgressText.line(stage, state.samples, columns: columns() - 1)
      if state.isShown, state.text == text { return }
      Self.write("\r\u{1B}[K" + text)
      (state.isShown, state.text) = (true, text)
    case .lines:
      guard now - state.lastWritten >= Self.silence else { return }
      state.lastWritten = now
      Self.write("still " + ProgressText.line(stage, state.samples, columns: .max) + "\n")
    }
  }

  /// What goes on while no stage is reported: a walk whose count grows, or a wait.
  private func unreported(_ state: inout State, _ meter: WorkMeter, _ idle: ProgressStage?) -> ProgressStage?
  {
    let walked = meter.count
    guard walked != state.walked else { return walked > 0 && idle == nil ? .walking : idle }
    state.walked = walked
    return .walking
  }

  private func erase(_ state: inout State) {
    if state.isShown { Self.write("\r\u{1B}[K") }
    state.isShown = false
  }

  /// An error of standard error itself is ignored.
  private static func write(_ text: String) {
    var buffer = WriteBuffer(capacity: text.utf8.count)
    buffer.append(Array(text.utf8))
    try? Descriptor.write(buffer.bytes, to: STDERR_FILENO)
  }
}
