// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The style of the page of `report`: light and dark, from phones on, and nothing said by colour alone.
enum ReportStyle {
  static let text = """
    :root {
      color-scheme: light dark;
      --back: #ffffff; --ink: #1c1f24; --faint: #5b626d; --line: #d5d9df; --panel: #f5f6f8;
      --text: #cfe3f7; --base64: #f6d9a8; --hatch: #8a5a00; --out: #e3e5e8; --out-ink: #5b626d;
      --error: #b3261e; --warning: #8a5a00; --note: #1f5fa8; --focus: #1f5fa8;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --back: #14171b; --ink: #e6e9ee; --faint: #a3abb7; --line: #3a414b; --panel: #1d2127;
        --text: #24476b; --base64: #5e4415; --hatch: #f0c06a; --out: #2b3037; --out-ink: #a3abb7;
        --error: #ff8a80; --warning: #f0c06a; --note: #8ab8f0; --focus: #8ab8f0;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--back); color: var(--ink);
      font: 1rem/1.5 system-ui, sans-serif;
    }
    h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
    h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    p { margin: .25rem 0; }
    code, td.name, .path { font-family: ui-monospace, monospace; font-size: .9em; }
    .path, td.name { overflow-wrap: anywhere; unicode-bidi: isolate; }
    .limit { margin: .5rem 0; }
    .limit meter { width: 100%; height: 1rem; }
    ul { padding: 0; list-style: none; margin: 0; }
    #findings li { border-left: .3rem solid var(--line); padding: .25rem .75rem; margin: .5rem 0; }
    #findings li.error { border-color: var(--error); }
    #findings li.warning { border-color: var(--warning); }
    #findings li.note { border-color: var(--note); }
    #findings strong { text-transform: uppercase; font-size: .8em; letter-spacing: .03em; }
    .help { color: var(--faint); }
    .tools { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; }
    input[type=search] { font: inherit; padding: .3rem .5rem; width: min(22rem, 100%); }
    button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: .3rem;
      padding: .15rem .5rem; cursor: pointer; }
    nav button, td button { border: 0; padding: 0; text-decoration: underline; text-align: start;
      font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
    #way { margin: .75rem 0 0; }
    #status { color: var(--faint); min-height: 1.5em; }
    #map { position: relative; height: max(20rem, 55vh); border: 1px solid var(--line); background: var(--panel); }
    #canvas { position: absolute; width: 100%; height: 100%; display: block; }
    #ring { position: absolute; border: 3px solid var(--focus); outline: 2px solid var(--back); outline-offset: -5px;
      pointer-events: none; }
    #tip { position: absolute; max-width: min(26rem, 90%); padding: .25rem .5rem; background: var(--back);
      color: var(--ink); border: 1px solid var(--line); pointer-events: none; overflow-wrap: anywhere; z-index: 1; }
    #picked { min-height: 1.5em; overflow-wrap: anywhere; }
    #keys { color: var(--faint); font-size: .9rem; }
    kbd { font-family: ui-monospace, monospace; font-size: .9em; border: 1px solid var(--line); border-radius: .2rem;
      padding: 0 .25rem; }
    .legend { display: flex; gap: 1rem; margin: .5rem 0; }
    .swatch { display: inline-block; width: 1.1em; height: 1.1em; border: 1px solid var(--faint);
      vertical-align: -.15em; }
    .swatch.text { background: var(--text); }
    .swatch.base64 { background: repeating-linear-gradient(45deg, var(--base64) 0 5px, var(--hatch) 5px 6px); }
    .swatch.out { background: var(--out); border-style: dashed; }
    table { border-collapse: collapse; width: 100%; }
    caption { text-align: start; font-weight: 600; padding: .5rem 0; }
    th, td { text-align: start; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    th { color: var(--faint); font-weight: 600; }
    .number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
    tr.out td { color: var(--out-ink); }
    details { margin: .25rem 0; }
    summary { cursor: pointer; }
    footer { margin-top: 2rem; color: var(--faint); font-size: .9rem; }
    @media (max-width: 40rem) {
      body { padding: .75rem; }
      th:nth-child(3), td:nth-child(3), th:nth-child(4), td:nth-child(4) { display: none; }
    }

    """
}
