// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ReportScript {
  /// The table of one directory or of what a search has found, and what moves between them. It says all that
  /// the treemap shows.
  static let files = #"""
    let current = root, shown = 200, found = null, lowered = null;
    const formatOf = (node) => isOut(node) ? "left out: " + data.out.rules[data.out.ruleIndices[node - entryCount]]
      : isFolder(node) ? "folder" : data.kinds[node] === "b" ? "BASE64" : "TEXT";
    const describe = (node) => {
      const parts = [size(bytes[node])];
      if (isFolder(node) || (isOut(node) && files[node] !== 1)) parts.push(count(files[node], "file"));
      if (isOut(node) && data.out.partial.includes(node - entryCount)) parts.push("and more");
      return parts.concat(isFolder(node) ? [] : [formatOf(node)]).join(", ");
    };
    const showRows = () => {
      const list = found || childrenOf(current), rows = byId("rows");
      rows.replaceChildren();
      for (const node of list.slice(0, shown)) {
        const row = element("tr", undefined, isOut(node) ? "out" : "");
        const name = element("td", undefined, "name");
        const text = (found ? pathOf(node) : nameOf(node)) + (isFolder(node) ? "/" : "");
        if (isFolder(node)) {
          const button = element("button", text);
          button.type = "button";
          button.addEventListener("click", () => { open(node); byId("way").lastElementChild.focus(); });
          name.append(button);
        } else {
          name.textContent = text;
        }
        row.append(name, element("td", size(bytes[node]), "number"),
          element("td", share(bytes[node], bytes[current]), "number"),
          element("td", number(files[node]), "number"), element("td", formatOf(node)));
        rows.append(row);
      }
      byId("more").hidden = list.length <= shown;
      byId("caption").textContent = found ? "What the search has found, the largest first"
        : `In ${current === root ? "the project" : pathOf(current) + "/"}, the largest first`;
    };
    const showWay = () => {
      const way = byId("way"), steps = [];
      for (let node = current; node >= 0; node = parents[node]) steps.push(node);
      way.replaceChildren();
      for (const node of steps.reverse()) {
        if (node !== root) way.append(" / ");
        const button = element("button", node === root ? "project" : nameOf(node));
        button.type = "button";
        if (node === current) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => { open(node); byId("way").lastElementChild.focus(); });
        way.append(button);
      }
    };
    const show = () => {
      showWay();
      showRows();
      const place = current === root ? "the project" : pathOf(current) + "/";
      byId("status").textContent = found ? `${number(found.length)} ${found.length === 1 ? "match" : "matches"} in ${place}`
        : describe(current);
      drawSoon();
    };
    const open = (node) => {
      current = node;
      shown = 200;
      search();
    };
    // What an entry lies in comes before it.
    const lowerPaths = () => {
      const paths = new Array(root);
      for (let node = 0; node < root; node++) {
        const name = nameOf(node).toLowerCase();
        paths[node] = parents[node] === root ? name : paths[parents[node]] + "/" + name;
      }
      return paths;
    };
    const search = () => {
      const words = byId("search").value.trim().toLowerCase();
      found = null;
      hits = null;
      if (words) {
        if (!lowered) lowered = lowerPaths();
        found = [];
        hits = new Uint8Array(nodeCount);
        const isBelow = (node) => { while (node >= 0 && node !== current) node = parents[node]; return node === current; };
        for (let node = 0; node < root; node++) {
          if ((isOut(node) && !showsOut) || !lowered[node].includes(words)) continue;
          if (current !== root && !isBelow(node)) continue;
          found.push(node);
          for (let at = node; at >= 0 && !hits[at]; at = parents[at]) hits[at] = 1;
        }
        found.sort((left, right) => bytes[right] - bytes[left] || left - right);
      }
      show();
    };
    const start = () => {
      readColors();
      sum();
      showSections();
      listenToMap();
      let timer = 0;
      byId("search").addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => { shown = 200; search(); }, 80);
      });
      byId("ignored").disabled = outCount === 0;
      byId("ignored").addEventListener("change", (event) => {
        showsOut = event.target.checked;
        sum();
        search();
      });
      byId("more").addEventListener("click", () => { shown += 1000; showRows(); });
      document.addEventListener("keydown", (event) => {
        if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
        if (event.key === "Backspace" && current !== root) { event.preventDefault(); open(parents[current]); }
      });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColors(); drawSoon(); });
      new ResizeObserver(drawSoon).observe(byId("map"));
      show();
    };

    """#
}
