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
    // Areas of one kind are filled together, and gaps between them show what lies behind.
    const layers = () => ({ text: [], base64: [], out: [], panel: [], labels: [] });
    const fill = (areas, ink, alpha) => {
      context.globalAlpha = alpha;
      context.fillStyle = ink;
      context.beginPath();
      for (const [, x, y, width, height] of areas) context.rect(x, y, width, height);
      context.fill();
    };
    const hatch = (areas, alpha) => {
      context.save();
      context.globalAlpha = alpha;
      context.beginPath();
      for (const [, x, y, width, height] of areas) context.rect(x, y, width, height);
      context.clip();
      context.strokeStyle = color.hatch;
      context.lineWidth = 0.6;
      context.beginPath();
      const { clientWidth: width, clientHeight: height } = canvas.parentElement;
      for (let at = -height; at < width; at += 7) {
        context.moveTo(at, height);
        context.lineTo(at + height, 0);
      }
      context.stroke();
      context.restore();
    };
    const outline = (areas, alpha) => {
      context.globalAlpha = alpha;
      context.strokeStyle = color["out-ink"];
      context.lineWidth = 1;
      context.setLineDash([3, 3]);
      context.beginPath();
      for (const [, x, y, width, height] of areas) {
        if (width > 12 && height > 12) context.rect(x + 0.5, y + 0.5, width - 1, height - 1);
      }
      context.stroke();
      context.setLineDash([]);
    };
    const label = ([node, x, y, width], alpha) => {
      const fits = Math.floor((width - 8) / 6.7);
      if (fits < 4) return;
      const text = nameOf(node) + (isFolder(node) ? "/" : "");
      const shown = text.length > fits ? text.slice(0, fits - 1) + "\u2026" : text;
      // A backing keeps the letters apart from a hatch.
      context.globalAlpha = 0.75 * alpha;
      context.fillStyle = color.back;
      context.fillRect(x + 2, y + 1, Math.min(shown.length * 6.7 + 4, width - 4), 14);
      context.globalAlpha = alpha;
      context.fillStyle = isOut(node) ? color["out-ink"] : color.ink;
      context.fillText(shown, x + 4, y + 12, width - 6);
    };
    const place = (plain, dimmed) => (node, x, y, width, height) => {
      if (width < 1 || height < 1) return;
      const layer = hits && !hits[node] ? dimmed : plain;
      const area = [node, x, y, width - (width > 3 ? 1 : 0), height - (height > 3 ? 1 : 0)];
      rects.push(area);
      const isOpen = isFolder(node) && width > 8 && height > 8 && width * height > 24 * childrenOf(node).length;
      if (width > 44 && height > (isOpen ? 34 : 15)) layer.labels.push(area);
      if (!isFolder(node)) {
        (isOut(node) ? layer.out : data.kinds[node] === "b" ? layer.base64 : layer.text).push(area);
      } else if (!isOpen) {
        // Too small for its files: a part for each kind.
        let from = x;
        for (const [kind, part] of [["text", bytes[node] - binary[node] - left[node]], ["base64", binary[node]],
          ["out", left[node]]]) {
          const wide = area[3] * part / bytes[node];
          if (wide > 0.2) layer[kind].push([node, from, y, wide, area[4]]);
          from += wide;
        }
      } else {
        layer.panel.push(area);
        const top = width > 44 && height > 34 ? 16 : 2;
        squarify(childrenOf(node), x + 2, y + top, width - 5, height - top - 3, place(plain, dimmed));
      }
    };
    const draw = () => {
      const box = canvas.parentElement, ratio = window.devicePixelRatio || 1;
      const width = box.clientWidth, height = box.clientHeight;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.font = "11px ui-monospace, monospace";
      rects = [];
      const plain = layers(), dimmed = layers();
      squarify(childrenOf(current), 0, 0, width, height, place(plain, dimmed));
      for (const [layer, alpha] of [[dimmed, 0.25], [plain, 1]]) {
        fill(layer.panel, color.line, alpha);
        fill(layer.text, color.text, alpha);
        fill(layer.base64, color.base64, alpha);
        if (layer.base64.length) hatch(layer.base64.filter(([, , , width, height]) => width > 4 && height > 4), alpha);
        fill(layer.out, color.out, alpha);
        outline(layer.out, alpha);
        for (const area of layer.labels) label(area, alpha);
      }
      context.globalAlpha = 1;
      showRing();
    };
    let frame = 0;
    const drawSoon = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(draw); };
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
      listenToKeys();
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
        const node = shownAbove(found.node);
        if (isFolder(node)) openFromMap(node);
        else pick(node);
      });
    };

    """#
}
