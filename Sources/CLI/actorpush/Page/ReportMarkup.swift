// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What stands in each page of `report` beside style, data and script. Nothing of the project is put into it.
enum ReportMarkup {
  static let head = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>actorpush report</title>

    """

  static let body = """
    </style>
    </head>
    <body>
    <header>
    <h1>What would be pushed</h1>
    <p id="summary"></p>
    </header>
    <noscript><p>This page draws what is in it with a script, which this browser does not run.</p></noscript>
    <main>
    <section aria-labelledby="limits-title">
    <h2 id="limits-title">Limits</h2>
    <div id="limits"></div>
    </section>
    <section aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    <ul id="findings"></ul>
    </section>
    <section aria-labelledby="changes-title">
    <h2 id="changes-title">Against the platform</h2>
    <div id="changes"></div>
    </section>
    <section aria-labelledby="files-title">
    <h2 id="files-title">Files</h2>
    <div class="tools">
    <label>Search <input id="search" type="search" autocomplete="off" spellcheck="false" \
    placeholder="part of a path"></label>
    <label><input id="ignored" type="checkbox"> Show what is left out</label>
    </div>
    <nav id="way" aria-label="Directory"></nav>
    <p id="status" role="status"></p>
    <div id="map" tabindex="0" role="application" aria-roledescription="treemap" aria-label="Sizes as areas" \
    aria-describedby="keys"><canvas id="canvas" aria-hidden="true"></canvas><div id="ring" hidden></div>\
    <div id="tip" hidden></div></div>
    <p id="picked" role="status"></p>
    <p id="keys">In the map, the arrow keys move, <kbd>Enter</kbd> opens a folder, <kbd>Escape</kbd> goes up. The table \
    says the same.</p>
    <ul class="legend" aria-label="Legend">
    <li><span class="swatch text"></span> TEXT</li>
    <li><span class="swatch base64"></span> BASE64</li>
    <li><span class="swatch out"></span> left out</li>
    </ul>
    <table>
    <caption id="caption"></caption>
    <thead><tr><th scope="col">Name</th><th scope="col" class="number">Size</th><th scope="col" \
    class="number">Share</th><th scope="col" class="number">Files</th><th scope="col">Sent as</th></tr></thead>
    <tbody id="rows"></tbody>
    </table>
    <p><button id="more" type="button" hidden>Show more</button></p>
    </section>
    </main>
    <footer><p>Made by <code>actorpush report</code>. <kbd>/</kbd> searches, <kbd>Backspace</kbd> goes up.</p>\
    </footer>

    """
}
