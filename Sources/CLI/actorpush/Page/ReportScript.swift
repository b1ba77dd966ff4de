// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The script of the page of `report`. It puts names into the page as text alone.
enum ReportScript {
  static let text =
    "\"use strict\";\n(() => {\n" + model + sections + treemap + keys + files + "start();\n})();\n"

  /// What the data says, in arrays by node: the entries of the package, what is left out, and the project
  /// directory as the last one.
  private static let model = #"""
    const data = JSON.parse(document.getElementById("data").textContent);
    const byId = (id) => document.getElementById(id);
    const entryCount = data.names.length, outCount = data.out.names.length;
    const root = entryCount + outCount, nodeCount = root + 1;
    const parents = new Int32Array(nodeCount), own = new Float64Array(nodeCount);
    for (let node = 0; node < entryCount; node++) {
      parents[node] = data.parents[node] < 0 ? root : data.parents[node];
      own[node] = data.bytes[node];
    }
    for (let index = 0; index < outCount; index++) {
      parents[entryCount + index] = data.out.parents[index] < 0 ? root : data.out.parents[index];
      own[entryCount + index] = data.out.bytes[index];
    }
    parents[root] = -1;
    const isOut = (node) => node >= entryCount && node < root;
    const isFolder = (node) => node === root || (node < entryCount && data.kinds[node] === "d");
    const nameOf = (node) => node === root ? "." : isOut(node) ? data.out.names[node - entryCount] : data.names[node];
    const pathOf = (node) => {
      const names = [];
      for (let at = node; at !== root; at = parents[at]) names.push(nameOf(at));
      return names.reverse().join("/") || ".";
    };
    // The children of each node, one behind the other; an entry comes after the directory that it lies in.
    const firstChild = new Int32Array(nodeCount + 1), children = new Int32Array(Math.max(0, nodeCount - 1));
    for (let node = 0; node < root; node++) firstChild[parents[node] + 1]++;
    for (let node = 0; node < nodeCount; node++) firstChild[node + 1] += firstChild[node];
    const next = firstChild.slice();
    for (let node = 0; node < root; node++) children[next[parents[node]]++] = node;
    let showsOut = false;
    let bytes = own, files = new Int32Array(nodeCount);
    // How much of a node is BASE64, and how much is left out.
    let binary = own, left = own;
    const sum = () => {
      sorted.clear();
      bytes = own.slice();
      files = new Int32Array(nodeCount);
      binary = new Float64Array(nodeCount);
      left = new Float64Array(nodeCount);
      for (let index = 0; index < outCount; index++) {
        const node = entryCount + index;
        if (!showsOut) { bytes[node] = 0; continue; }
        files[node] = data.out.files[index];
        left[node] = bytes[node];
        left[parents[node]] += bytes[node];
        bytes[parents[node]] += bytes[node];
        files[parents[node]] += files[node];
      }
      for (let node = entryCount - 1; node >= 0; node--) {
        if (data.kinds[node] !== "d") files[node] = 1;
        if (data.kinds[node] === "b") binary[node] = bytes[node];
        binary[parents[node]] += binary[node];
        left[parents[node]] += left[node];
        bytes[parents[node]] += bytes[node];
        files[parents[node]] += files[node];
      }
    };
    const sorted = new Map();
    const childrenOf = (node) => {
      if (sorted.has(node)) return sorted.get(node);
      const found = [];
      for (let place = firstChild[node]; place < firstChild[node + 1]; place++) {
        if (showsOut || !isOut(children[place])) found.push(children[place]);
      }
      found.sort((left, right) => bytes[right] - bytes[left] || left - right);
      sorted.set(node, found);
      return found;
    };
    const number = (value) => value.toLocaleString("en-US");
    const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
    const size = (value) => {
      if (value < 1000) return count(value, "byte");
      for (const unit of ["KB", "MB", "GB"]) {
        value /= 1000;
        if (value < 999.95 || unit === "GB") return `${value.toFixed(1)} ${unit}`;
      }
    };
    const share = (part, whole) => whole > 0 ? `${(part * 100 / whole).toFixed(1)} %` : "";
    const element = (name, text, className) => {
      const made = document.createElement(name);
      if (text !== undefined) made.textContent = text;
      if (className) made.className = className;
      return made;
    };

    """#

  /// Summary, limits, findings, changes.
  private static let sections = #"""
    const showSections = () => {
      document.title = `${data.title}: actorpush report`;
      byId("summary").textContent = `${data.title}: ${data.summary}`;
      for (const limit of data.limits) {
        const box = element("div", undefined, "limit");
        const label = element("label");
        const percent = Math.floor(limit.bytes * 100 / limit.limit);
        label.append(`${limit.name}: ${number(limit.bytes)} of ${number(limit.limit)} bytes, ${number(percent)} %`);
        const meter = element("meter");
        meter.max = limit.limit;
        meter.high = limit.limit * 0.9;
        meter.value = Math.min(limit.bytes, limit.limit);
        label.append(meter);
        box.append(label);
        byId("limits").append(box);
      }
      if (data.isZip) byId("limits").append(element("p", "The files are sent as a zip: these limits do not hold for it."));
      for (const finding of data.findings) {
        const item = element("li", undefined, finding.severity);
        const head = element("p");
        head.append(element("strong", finding.severity), " ");
        if (finding.location) head.append(element("span", finding.location, "path"), " ");
        head.append(finding.message, " ", element("code", `[${finding.id}]`));
        item.append(head);
        if (finding.remedy) item.append(element("p", finding.remedy, "help"));
        byId("findings").append(item);
      }
      if (!data.findings.length) byId("findings").append(element("li", "Nothing was found."));
      if (!data.comparison) {
        const hint = element("p", "Not compared. ");
        hint.append(element("code", "actorpush report --diff"), " asks the platform.");
        byId("changes").append(hint);
        return;
      }
      let total = 0;
      for (const [title, names] of [["added", data.comparison.added],
        ["changed", data.comparison.changed], ["removed", data.comparison.removed]]) {
        total += names.length;
        if (!names.length) continue;
        const box = element("details"), list = element("ul");
        box.append(element("summary", `${count(names.length, "file")} ${title}`));
        for (const name of names.slice(0, 2000)) list.append(element("li", name, "path"));
        if (names.length > 2000) list.append(element("li", `and ${number(names.length - 2000)} more`));
        box.append(list);
        byId("changes").append(box);
      }
      byId("changes").prepend(element("p", total ? `A push would change version ${data.comparison.version}.`
        : `The files are those of version ${data.comparison.version}.`));
    };

    """#
}
