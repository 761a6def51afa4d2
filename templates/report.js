"use strict";
(function () {
  const query = document.getElementById("q");
  const kind = document.getElementById("kind");
  const shown = document.getElementById("shown");
  const rows = Array.from(document.querySelectorAll("#items tbody tr"));
  function filter() {
    const words = query.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = (!kind.value || row.dataset.kind === kind.value) && words.every((word) => text.includes(word));
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = count + " 项";
  }
  query.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  // What stands after # is a filter to begin with, so that a link can point at the overdue items.
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (wanted.has("q") || wanted.has("kind")) {
    query.value = wanted.get("q") || "";
    kind.value = wanted.get("kind") || "";
    filter();
  }
  function value(row, column) {
    const cell = row.cells[column];
    return cell.dataset.sort === undefined ? cell.textContent : cell.dataset.sort;
  }
  for (const table of document.querySelectorAll("table.list")) {
    const body = table.tBodies[0];
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      let up = true;
      head.addEventListener("click", function () {
        const sorted = Array.from(body.rows).sort(function (a, b) {
          const order = value(a, column).localeCompare(value(b, column), "zh-CN", { numeric: true });
          return up ? order : -order;
        });
        up = !up;
        body.append(...sorted);
      });
    });
  }
})();
