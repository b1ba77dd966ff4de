// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// How pages look, by day and by night.
enum PageStyle {
  static let text = """
    :root { color-scheme: light dark; --page: #f5f6f8; --card: #fff; --line: #e1e4ea; --ink: #1c2330; --soft: #626c7d;
      --link: #0b5cd5; --good: #11713d; --good-back: #dcf3e5; --bad: #b3261e; --bad-back: #fbe3e1; --busy: #8a5a00;
      --busy-back: #fcefd2; --pill: #e9edf3; --code: #f8f9fb; }
    @media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2029; --line: #2d3542; --ink: #e4e8ee;
      --soft: #97a3b4; --link: #7cb0ff; --good: #74d79c; --good-back: #14351f; --bad: #ff9b93; --bad-back: #431a18;
      --busy: #f1c46b; --busy-back: #3c2d0d; --pill: #29313d; --code: #141a21; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
    header { background: var(--card); border-bottom: 1px solid var(--line); }
    header > div, main { max-width: 76rem; margin: 0 auto; padding: 1rem 1.5rem; }
    header > div { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
    header a { color: inherit; font-weight: 650; text-decoration: none; }
    h1 { font-size: 1.35rem; margin: .5rem 0 1rem; } h2 { font-size: 1.2rem; margin: 0; }
    h3 { font-size: 1rem; margin: 0; }
    a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
    code, pre, .mono { font: .875em/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .soft { color: var(--soft); font-weight: 400; }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 1.25rem;
      overflow: hidden; }
    .card > section, .card > .top { padding: .9rem 1.25rem; }
    .card > * + * { border-top: 1px solid var(--line); }
    .top, .row { display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: baseline; }
    .right { margin-left: auto; }
    .pill { display: inline-block; background: var(--pill); border-radius: 99px; padding: 0 .6em; font-size: .8125rem;
      line-height: 1.6; white-space: nowrap; max-width: 100%; overflow: hidden; text-overflow: ellipsis;
      vertical-align: bottom; }
    .good { background: var(--good-back); color: var(--good); } .bad { background: var(--bad-back); color: var(--bad); }
    .busy { background: var(--busy-back); color: var(--busy); }
    .error { color: var(--bad); overflow-wrap: anywhere; }
    .line { margin: .35rem 0 0; }
    .scroll { overflow-x: auto; margin-top: .5rem; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; color: var(--soft); font-weight: 500; font-size: .8125rem; }
    th, td { padding: .2rem 1rem .2rem 0; vertical-align: baseline; } th:last-child, td:last-child { padding-right: 0; }
    tbody tr + tr td { border-top: 1px solid var(--line); }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .deploys td { white-space: nowrap; } .deploys td.name { white-space: normal; min-width: 14rem; }
    td.name { width: 100%; overflow-wrap: anywhere; }
    summary { cursor: pointer; } details { margin-top: .5rem; }
    pre { margin: 0; padding: 1rem 1.25rem; background: var(--code); overflow-x: auto; tab-size: 4;
      white-space: pre-wrap; overflow-wrap: anywhere; }
    h1.mono { font-size: 1.1rem; font-weight: 650; } pre.dump { white-space: pre; }
    .empty { padding: 2.5rem 1.5rem; text-align: center; } .empty pre { display: inline-block; text-align: left; }
    """
}
