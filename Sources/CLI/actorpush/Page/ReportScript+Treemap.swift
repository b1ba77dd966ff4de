// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension ReportScript {
  /// The treemap of one directory: squarified (Bruls, Huizing, van Wijk, 2000), drawn on a canvas as deep as
  /// an area can be seen, so that its cost is that of the pixels and not of the files.
  static let treemap = #"""
    const canvas = byId("canvas"), context = canvas.getContext("2d");
    let rects = [], hits = null;
    const color = {};
    const readColors = () => {
      const style = getComputedStyle(document.documentElement);
      for (const name of ["back", "ink", "faint", "line", "panel", "text", "base64", "hatch", "out", "out-ink"]) {
        color[name] = style.getPropertyValue("--" + name).trim();
      }
    };
    const squarify = (nodes, x, y, width, height, place) => {
      let total = 0;
      for (const node of nodes) total += bytes[node];
      if (total <= 0) return;
      let scale = width * height / total, from = 0;
      while (from < nodes.length && bytes[nodes[from]] > 0) {
        const side = Math.min(width, height);
        if (side < 1) return;
        let area = 0, worst = Infinity, to = from;
        while (to < nodes.length && bytes[nodes[to]] > 0) {
          const more = area + bytes[nodes[to]] * scale;
          const largest = bytes[nodes[from]] * scale, smallest = bytes[nodes[to]] * scale;
          const ratio = Math.max(side * side * largest / (more * more), more * more / (side * side * smallest));
          if (ratio > worst) break;
          worst = ratio;
          area = more;
          to++;
        }
        const thick = area / side;
        let offset = 0;
        for (let index = from; index < to; index++) {
          const long = bytes[nodes[index]] * scale / thick;
          if (width >= height) place(nodes[index], x, y + offset, thick, long);
          else place(nodes[index], x + offset, y, long, thick);
          offset += long;
        }
        if (width >= height) { x += thick; width -= thick; } else { y += thick; height -= thick; }
        from = to;
      }
    };
    const fill = (node, x, y, width, height) => {
      const out = isOut(node), binary = !out && data.kinds[node] === "b";
      context.globalAlpha = hits && !hits[node] ? 0.25 : 1;
      context.fillStyle = out ? color.out : binary ? color.base64 : isFolder(node) ? color.panel : color.text;
      context.fillRect(x, y, width, height);
      if (binary && width > 6 && height > 6) {
        context.save();
        context.beginPath();
        context.rect(x, y, width, height);
        context.clip();
        context.strokeStyle = color.hatch;
        context.lineWidth = 0.6;
        context.beginPath();
        for (let at = x - height; at < x + width; at += 7) {
          context.moveTo(at, y + height);
          context.lineTo(at + height, y);
        }
        context.stroke();
        context.restore();
      }
      if (width > 2 && height > 2) {
        context.setLineDash(out ? [3, 3] : []);
        context.strokeStyle = out ? color["out-ink"] : color.back;
        context.lineWidth = 1;
        context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
        context.setLineDash([]);
      }
    };
    const label = (text, x, y, width, ink) => {
      if (width < 34) return;
      const fits = Math.floor((width - 8) / 6.6);
      const shown = text.length > fits ? text.slice(0, Math.max(1, fits - 1)) + "\u2026" : text;
      const measured = context.measureText(shown).width;
      // A backing keeps the letters apart from a hatch.
      context.fillStyle = color.back;
      context.globalAlpha *= 0.75;
      context.fillRect(x + 2, y + 1, Math.min(measured + 4, width - 3), 14);
      context.globalAlpha = hits ? context.globalAlpha / 0.75 : 1;
      context.fillStyle = ink;
      context.fillText(shown, x + 4, y + 12, width - 6);
    };
    const drawNode = (node, x, y, width, height) => {
      if (width < 0.7 || height < 0.7) return;
      rects.push([node, x, y, width, height]);
      fill(node, x, y, width, height);
      const isOpen = isFolder(node) && width > 8 && height > 8;
      const hasHead = width > 44 && height > (isOpen ? 34 : 15);
      if (hasHead) label(nameOf(node) + (isFolder(node) ? "/" : ""), x, y, width, isOut(node) ? color["out-ink"] : color.ink);
      if (!isFolder(node)) return;
      if (!isOpen) {
        context.fillStyle = color.text;
        context.fillRect(x + 0.5, y + 0.5, width - 1, height - 1);
        return;
      }
      const top = hasHead ? 16 : 2;
      squarify(childrenOf(node), x + 2, y + top, width - 4, height - top - 2, drawNode);
    };
    const draw = () => {
      const box = canvas.parentElement, ratio = window.devicePixelRatio || 1;
      const width = box.clientWidth, height = box.clientHeight;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.font = "11px ui-monospace, monospace";
      context.globalAlpha = 1;
      context.clearRect(0, 0, width, height);
      rects = [];
      squarify(childrenOf(current), 0, 0, width, height, drawNode);
      context.globalAlpha = 1;
    };
    const hit = (event) => {
      const box = canvas.getBoundingClientRect();
      const x = event.clientX - box.left, y = event.clientY - box.top;
      for (let index = rects.length - 1; index >= 0; index--) {
        const [node, left, top, width, height] = rects[index];
        if (x >= left && x < left + width && y >= top && y < top + height) return { node, x, y, box };
      }
      return null;
    };
    const listenToMap = () => {
      const tip = byId("tip");
      canvas.addEventListener("pointermove", (event) => {
        const found = hit(event);
        tip.hidden = !found;
        if (!found) return;
        tip.textContent = `${pathOf(found.node)}: ${describe(found.node)}`;
        tip.style.insetInlineStart = found.x > found.box.width / 2 ? "" : `${found.x + 12}px`;
        tip.style.insetInlineEnd = found.x > found.box.width / 2 ? `${found.box.width - found.x + 12}px` : "";
        tip.style.top = `${Math.min(found.y + 12, found.box.height - 60)}px`;
      });
      canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
      canvas.addEventListener("click", (event) => {
        const found = hit(event);
        if (!found) return;
        // One level at a time: into the directory below the one that is shown.
        let node = isFolder(found.node) ? found.node : parents[found.node];
        while (node !== current && parents[node] !== current && node !== root) node = parents[node];
        if (node !== current) open(node);
      });
    };

    """#
}
