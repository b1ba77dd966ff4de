// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ReportScript {
  /// The keys of the treemap: they move between the areas of what lies in the shown directory itself.
  static let keys = #"""
    const map = byId("map");
    let picked = -1;
    // What of the shown directory itself `node` is, or lies in.
    const shownAbove = (node) => {
      while (node !== root && parents[node] !== current) node = parents[node];
      return node;
    };
    const shownAreas = () => rects.filter(([node]) => parents[node] === current);
    const pickedArea = () => shownAreas().find(([node]) => node === picked);
    // An element of its own: what is drawn stays as it is.
    const showRing = () => {
      const area = pickedArea(), ring = byId("ring");
      ring.hidden = !area || document.activeElement !== map;
      if (ring.hidden) return;
      const [, x, y, width, height] = area;
      // A little outside, where it covers no label.
      const sides = { left: x - 3, top: y - 3, width: width + 6, height: height + 6 };
      for (const [name, value] of Object.entries(sides)) ring.style[name] = `${value}px`;
    };
    const pick = (node) => {
      picked = node;
      byId("picked").textContent = node < 0 || node === root ? ""
        : `${pathOf(node)}${isFolder(node) ? "/" : ""}: ${describe(node)}, ${share(bytes[node], bytes[current])} of ${
          current === root ? "the project" : pathOf(current) + "/"}`;
      showRing();
    };
    const pickFirst = () => pick(childrenOf(current).find((node) => bytes[node] > 0) ?? -1);
    const openFromMap = (node) => {
      open(node);
      pickFirst();
    };
    const goUp = () => {
      if (current === root) return;
      const from = current;
      open(parents[current]);
      pick(from);
    };
    // The nearest area behind the edge in the direction (right, down); beside it rather than aside.
    const move = (right, down) => {
      const from = pickedArea();
      if (!from) return pickFirst();
      const [, x, y, width, height] = from;
      let best = null, least = Infinity;
      for (const area of shownAreas()) {
        const [node, left, top, wide, high] = area;
        if (node === picked) continue;
        const ahead = right > 0 ? left - x - width : right < 0 ? x - left - wide : down > 0 ? top - y - height : y - top - high;
        if (ahead < -1.5) continue;
        const aside = right ? Math.max(0, top - y - height, y - top - high) : Math.max(0, left - x - width, x - left - wide);
        const middle = right ? Math.abs(top + high / 2 - y - height / 2) : Math.abs(left + wide / 2 - x - width / 2);
        const cost = Math.max(0, ahead) + 4 * aside + middle / 1000;
        if (cost < least) { least = cost; best = node; }
      }
      if (best !== null) pick(best);
    };
    const listenToKeys = () => {
      const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
      map.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        if (moves[event.key]) move(...moves[event.key]);
        else if (event.key === "Home") pickFirst();
        else if (event.key === "Enter" || event.key === " ") {
          if (picked >= 0 && isFolder(picked)) openFromMap(picked);
        } else if (event.key === "Escape" || event.key === "Backspace") goUp();
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      map.addEventListener("focus", () => { if (pickedArea()) pick(picked); else pickFirst(); });
      map.addEventListener("blur", () => { byId("picked").textContent = ""; showRing(); });
    };

    """#
}
