"use strict";
// Written for old browsers, too (Edge in IE mode): no arrow functions, no let, no template strings.
(function () {
  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function el(id) {
    return document.getElementById(id);
  }

  // ---- what only the office needs stands on a tab of its own
  all(".tabs button").forEach(function (button) {
    button.addEventListener("click", function () {
      all(".tabs button").forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
      document.querySelector(".board").className = button.dataset.tab ? "board at-office" : "board";
      window.dispatchEvent(new Event("resize"));
    });
  });

  // ---- the list of items: filters
  var NAMES = ["light", "kind", "unit", "section", "due", "q"];
  var fields = NAMES.map(el).filter(Boolean);
  // An item is a row of the page, or data of which a row is drawn when a filter asks for it.
  var body = document.querySelector("#items tbody");
  var items = all("#items tbody tr").map(function (row) {
    return { row: row, has: row.dataset, text: row.textContent.toLowerCase() };
  });
  var rest = el("rest") ? JSON.parse(el("rest").textContent) : { texts: [], rows: [] };
  var sections = {};
  all("#section option").forEach(function (option) { sections[option.dataset.key] = option.value; });
  rest.rows.forEach(function (numbers) {
    var c = numbers.map(function (number) { return rest.texts[number]; });
    items.push({
      cells: c, text: c.slice(0, 7).concat(c[9], c[10], c[12], c[15], c[16]).join(" ").toLowerCase(),
      has: { kind: c[8], light: c[10], watch: c[13], units: " " + c[18] + " ", section: sections[c[17]] || "0", due: c[7].slice(0, 7) }
    });
  });
  var STEP = 50, limit = STEP;
  function cell(row, text, name, sort, more) {
    var td = row.insertCell(-1), inner = td;
    if (name) td.className = name;
    else inner = td.appendChild(document.createElement("div"));
    if (!name) inner.className = "long";
    if (sort !== undefined) td.setAttribute("data-sort", sort);
    inner.appendChild(document.createTextNode(text));
    if (more) td.appendChild(document.createElement("small")).textContent = more;
    return td;
  }
  function rowOf(item) {
    if (item.row) return item.row;
    var c = item.cells, row = document.createElement("tr"), svg = "http://www.w3.org/2000/svg";
    cell(row, c[0], "id");
    c.slice(1, 6).forEach(function (text) { cell(row, text); });
    cell(row, c[6], "", c[7] || "9999");
    var light = cell(row, c[10], "light", c[13] === "0" ? "9" : c[13], c[12]);
    var dot = document.createElementNS(svg, "svg"), square = document.createElementNS(svg, "rect");
    dot.setAttribute("class", "dot");
    dot.setAttribute("viewBox", "0 0 10 10");
    dot.setAttribute("aria-hidden", "true");
    square.setAttribute("width", "10");
    square.setAttribute("height", "10");
    square.setAttribute("fill", c[11]);
    dot.appendChild(square);
    light.insertBefore(dot, light.firstChild);
    cell(row, c[9], "word", undefined, c[14] === "0" ? "" : "已逾期" + c[14] + "天");
    cell(row, c[15]);
    cell(row, c[16]);
    item.row = body.appendChild(row);
    return row;
  }
  var shown = el("shown");
  function value(name) {
    return el(name) ? el(name).value : "";
  }
  function filter() {
    var words = value("q").toLowerCase().split(/\s+/).filter(Boolean);
    var light = value("light"), kind = value("kind"), unit = value("unit");
    var section = value("section"), due = value("due"), count = 0;
    items.forEach(function (item) {
      var has = item.has;
      var fits =
        (!light || (light === "watch" ? has.watch !== "0" : has.light === light)) &&
        (!kind || has.kind === kind) &&
        (!unit || has.units.indexOf(" " + unit + " ") >= 0) &&
        (!section || has.section === section) &&
        (!due || has.due === due) &&
        words.every(function (word) { return item.text.indexOf(word) >= 0; });
      count += fits ? 1 : 0;
      if (fits && count <= limit) body.appendChild(rowOf(item)).hidden = false;
      else if (item.row) item.row.hidden = true;
    });
    if (shown) shown.textContent = count === items.length ? count + " 项" : "显示 " + count + " 项，共 " + items.length + " 项";
    if (el("more")) el("more").hidden = count <= limit;
    all(".board .lamp").forEach(function (lamp) {
      lamp.setAttribute("aria-pressed", String(lamp.dataset.light === light));
    });
  }
  function clear() {
    fields.forEach(function (field) { field.value = ""; });
  }
  function only(name, wanted) {
    if (!el(name)) return;
    clear();
    el(name).value = wanted;
    again();
    el("items").scrollIntoView();
  }
  function again() {
    limit = STEP;
    filter();
  }
  fields.forEach(function (field) {
    field.addEventListener(field.tagName === "INPUT" ? "input" : "change", again);
  });
  if (el("clear")) el("clear").addEventListener("click", function () { clear(); again(); });
  if (el("more")) el("more").addEventListener("click", function () { limit += STEP; filter(); });
  // On paper the list is whole.
  window.addEventListener("beforeprint", function () { limit = items.length; if (body) filter(); });
  window.addEventListener("afterprint", function () { if (body) again(); });
  all(".board .lamp").forEach(function (lamp) {
    lamp.addEventListener("click", function () { only("light", lamp.dataset.light); });
  });
  all(".pick").forEach(function (pick) {
    pick.addEventListener("click", function () { only("unit", pick.dataset.unit); });
  });

  // What stands after # is a filter to begin with, so that a link can point at the overdue items; #a4 is the sheet.
  var wanted = {};
  location.hash.slice(1).split("&").forEach(function (pair) {
    var at = pair.indexOf("=");
    try {
      if (at > 0) wanted[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1).replace(/\+/g, " "));
    } catch (broken) { /* an address that somebody cut off filters nothing */ }
  });
  var asked = NAMES.filter(function (name) { return wanted[name] && el(name); });
  asked.forEach(function (name) { el(name).value = wanted[name]; });
  if (!asked.length && el("light") && items.some(function (item) { return item.has.watch !== "0"; })) {
    el("light").value = "watch";
  }
  if (items.length) filter();

  // ---- every table: a click on a head sorts, a second one turns round; sums stay at the top of their group
  var collator = window.Intl && Intl.Collator ? new Intl.Collator("zh-CN", { numeric: true }) : null;
  function compare(a, b) {
    return collator ? collator.compare(a, b) : a.localeCompare(b);
  }
  function sorted(row, column) {
    var cell = row.cells[column];
    return cell.dataset.sort === undefined ? cell.textContent : cell.dataset.sort;
  }
  // Of an item that is not drawn: the text of each column of the list.
  var COLUMNS = [0, 1, 2, 3, 4, 5, 7, 13, 9, 15, 16];
  function keyOf(item, column) {
    if (item.row) return sorted(item.row, column);
    var text = item.cells[COLUMNS[column]];
    return column === 6 ? text || "9999" : column === 7 && text === "0" ? "9" : text;
  }
  function arrange(list, up) {
    return list.map(function (each, at) { each.at = at; return each; }).sort(function (a, b) {
      return (up ? 1 : -1) * compare(a.by, b.by) || a.at - b.at;
    });
  }
  all(".board table.list").forEach(function (table) {
    var heads = all("thead th", table);
    heads.forEach(function (head, column) {
      head.querySelector("button").addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach(function (each) { each.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        if (table.id === "items") {
          items = arrange(items.map(function (item) { item.by = keyOf(item, column); return item; }), up);
          filter();
          return;
        }
        Array.prototype.slice.call(table.tBodies).forEach(function (part) {
          arrange(all("tr", part).filter(function (row) { return row.className !== "sum"; }).map(function (row) {
            return { row: row, by: sorted(row, column) };
          }), up).forEach(function (each) { part.appendChild(each.row); });
        });
      });
    });
  });

  // ---- printing
  var root = document.documentElement;
  root.classList.add("js");
  if (location.hash === "#a4") root.classList.add("one");
  el("one").addEventListener("click", function () {
    root.classList.add("one");
    window.print();
    root.classList.remove("one");
  });
  el("all").addEventListener("click", function () { window.print(); });

  // ---- pictures, drawn from the tables that stand beside them
  if (!window.echarts) return;
  var FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif';
  function number(cell) {
    return parseInt(cell.textContent, 10) || 0;
  }
  // A brace would begin a style in the text of a picture.
  function plain(text) {
    return text.replace(/\{/g, "｛").replace(/\}/g, "｝").replace(/[\u2028\u2029\n\r]+/g, " ");
  }
  function cut(text, longest) {
    return text.length > longest ? text.slice(0, longest - 1) + "…" : text;
  }
  function read(figure) {
    var heads = all("thead th", figure).filter(function (head) { return head.dataset.colour; });
    return {
      classes: heads.map(function (head) { return { key: head.dataset.key, word: head.textContent, colour: head.dataset.colour }; }),
      lines: all("tbody tr", figure).map(function (row) {
        return {
          key: row.dataset.key,
          colour: row.dataset.colour,
          name: plain(row.cells[0].textContent),
          share: row.cells[3].textContent,
          counts: all("td.n", row).map(number),
          sums: all("td.sum", row).map(function (cell) { return cell.textContent ? number(cell) : null; })
        };
      })
    };
  }
  function base(small) {
    return {
      animation: false,
      textStyle: { fontFamily: FONT, fontSize: small ? 10 : 13 },
      // In print, where there may be no colour, each colour has a pattern of its own; on the screen what is late has one.
      aria: { enabled: true, decal: { show: small } },
      tooltip: small ? undefined : { renderMode: "richText", confine: true, textStyle: { fontFamily: FONT, fontSize: 13 } }
    };
  }
  // Patterns for a printer that knows only black, as in the workbook of charts: light on the colour, dark on red.
  function lines(turn, gap, colour) {
    return { symbol: "rect", color: colour || "rgba(255,255,255,0.75)", dashArrayX: [1, 0], dashArrayY: [2, gap], rotation: turn };
  }
  function dots(shape, gap) {
    return { symbol: shape, color: "rgba(255,255,255,0.8)", symbolSize: 0.7, dashArrayX: [[gap, gap], [0, gap, gap, 0]], dashArrayY: [gap, 0] };
  }
  var PATTERNS = {
    continuing: lines(-Math.PI / 4, 4), mostly_done: lines(Math.PI / 2, 4), in_progress: lines(Math.PI / 4, 3), lagging: dots("rect", 5),
    not_started: lines(0, 3), unreported: dots("circle", 5), overdue: lines(-Math.PI / 4, 3, "rgba(70,0,0,0.85)"),
    running: lines(Math.PI / 4, 5), past: lines(-Math.PI / 4, 4)
  };
  function filled(key, colour, small) {
    return { color: colour, borderColor: "#fff", borderWidth: 0.5, decal: small ? PATTERNS[key] || { symbol: "none" } : key === "overdue" ? PATTERNS.overdue : undefined };
  }
  // All items in one bar: the rows of the table of classes become the pieces of a single line.
  function whole(data, small) {
    var counts = data.lines.map(function (line) { return line.counts[0]; });
    data.classes = data.lines.map(function (line) {
      return { key: line.key, word: line.name + " " + line.counts[0] + "项" + (/\d/.test(line.share) ? "（" + line.share + "）" : ""), colour: line.colour };
    });
    var total = counts.reduce(function (sum, count) { return sum + count; }, 0);
    data.lines = [{ name: "全部", key: "", counts: counts.concat(total) }];
    var option = stack(data, small);
    option.legend.bottom = small ? 30 : 0;
    option.grid.bottom = small ? 80 : 90;
    option.xAxis.max = total;
    option.xAxis.axisLabel = { show: false };
    option.yAxis.axisLabel.show = false;
    return option;
  }
  function series(data, small) {
    var most = Math.max.apply(null, data.lines.map(function (line) { return line.counts[line.counts.length - 1]; }));
    return data.classes.map(function (each, number) {
      return {
        name: each.word, type: "bar", stack: "all", barMaxWidth: small ? 16 : 26, itemStyle: filled(each.key, each.colour, small),
        label: { show: !small, color: "#fff", fontSize: 12, textBorderColor: "#333", textBorderWidth: 2, formatter: function (at) { return at.value && at.value >= most * 0.035 ? at.value : ""; } },
        labelLayout: { hideOverlap: true },
        data: data.lines.map(function (line) { return line.counts[number]; })
      };
    }).filter(function (each) {
      return each.data.some(Boolean);
    });
  }
  function hint(data) {
    return function (at) {
      var line = data.lines[at[0].dataIndex];
      var sums = (line.sums || []).map(function (sum, number) { return sum === null ? "" : "\n" + ["累计应完成 ", "累计已完成 "][number] + sum + "项"; }).join("");
      return line.name + "：" + line.counts[line.counts.length - 1] + "项" + data.classes.map(function (each, number) {
        return line.counts[number] ? "\n" + each.word + " " + line.counts[number] + "项" : "";
      }).join("") + sums;
    };
  }
  function framed(option, data, small) {
    if (option.tooltip) {
      option.tooltip.trigger = "axis";
      option.tooltip.axisPointer = { type: "shadow" };
      option.tooltip.formatter = hint(data);
    }
    option.legend = { bottom: 0, itemWidth: small ? 10 : 14, itemHeight: small ? 8 : 10, itemGap: small ? 4 : 14, textStyle: { fontSize: small ? 9 : 13 } };
    return option;
  }
  function stack(data, small) {
    var option = framed(base(small), data, small);
    var narrow = !small && window.innerWidth < 640;
    option.grid = { left: 4, right: 24, top: 6, bottom: small ? 22 : narrow ? 64 : 40, containLabel: true };
    option.xAxis = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e5e8eb" } }, axisLabel: { show: !small && !narrow } };
    option.yAxis = {
      type: "category", inverse: true, axisTick: { show: false },
      data: data.lines.map(function (line) {
        return cut(line.name, small ? 13 : narrow ? 8 : 20) + " " + line.counts[0] + "/" + line.counts[line.counts.length - 1];
      }),
      axisLabel: { color: "#222", fontSize: small ? 10 : 13, interval: 0 }
    };
    option.series = series(data, small);
    return option;
  }
  function months(data, small, figure) {
    var option = framed(base(small), data, small);
    var today = parseFloat(figure.dataset.today), many = data.lines.length > 13;
    option.grid = { left: small ? 34 : 48, right: 16, top: small ? 16 : 24, bottom: small ? 44 : window.innerWidth < 640 ? 100 : 68 };
    option.xAxis = [
      {
        type: "category", axisTick: { show: false },
        data: data.lines.map(function (line) {
          var parts = line.name.match(/^(\d+)年(\d+)月$/);
          return parts && (line === data.lines[0] || parts[2] === "1") ? parts[2] + "月\n" + parts[1] + "年" : parts ? parts[2] + "月" : line.name;
        }),
        axisLabel: { color: "#222", fontSize: small ? 10 : 13, interval: many ? "auto" : 0 }
      },
      { type: "value", min: 0, max: data.lines.length, show: false }
    ];
    option.yAxis = [
      { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e5e8eb" } }, axisLabel: { fontSize: small ? 10 : 13 } },
      { type: "value", min: 0, max: 1, show: false },
      { type: "value", min: 0, minInterval: 1, show: !small, splitLine: { show: false }, position: "right" }
    ];
    if (!small) option.grid.right = 44;
    option.series = series(data, small);
    // What should be done by the end of each month, and what was.
    [["累计应完成", "#616161", "dashed"], ["累计已完成", "#1b5e20", "solid"]].forEach(function (curve, number) {
      if (small || !data.lines[0].sums.length) return;
      option.series.push({
        name: curve[0], type: "line", yAxisIndex: 2, symbol: number ? "circle" : "emptyCircle", symbolSize: 6, z: 4,
        lineStyle: { color: curve[1], width: 2, type: curve[2] }, itemStyle: { color: curve[1] },
        data: data.lines.map(function (line) { return line.sums[number]; })
      });
    });
    option.series.push({
      type: "line", xAxisIndex: 1, yAxisIndex: 1, silent: true, symbol: "circle", symbolSize: 1, name: "今天",
      lineStyle: { color: "#222", width: 1.5, type: "dashed" }, itemStyle: { color: "#222" }, z: 5,
      data: [{ value: [today, 0] }, { value: [today, 1], label: { show: true, position: "top", formatter: "今天", color: "#222", fontSize: small ? 10 : 13 } }]
    });
    option.legend.data = option.series.filter(function (each) { return each.type === "bar" || each.yAxisIndex === 2; }).map(function (each) { return each.name; });
    return option;
  }
  var DRAW = { whole: whole, stack: stack, months: months };
  var drawn = [];
  all("figure.chart").forEach(function (figure) {
    var kind = figure.dataset.chart, data = read(figure), small = Boolean(figure.dataset.width);
    if (!data.lines.length) return;
    var place = document.createElement("div");
    place.className = "canvas";
    figure.insertBefore(place, figure.querySelector("details, .plain"));
    var size = { renderer: "svg", locale: "ZH" };
    if (small) {
      size.width = parseInt(figure.dataset.width, 10);
      size.height = parseInt(figure.dataset.height, 10);
      place.style.width = size.width + "px";
      place.style.height = size.height + "px";
    } else if (kind === "stack") {
      place.style.height = Math.max(200, 80 + 30 * data.lines.length) + "px";
    } else if (kind === "whole") {
      place.style.height = "200px";
    }
    var chart = window.echarts.init(place, null, size);
    chart.setOption(DRAW[kind](data, small, figure));
    figure.className = "chart drawn";
    var details = figure.querySelector("details");
    if (details) details.open = false;
    if (small) return;
    drawn.push(chart);
    chart.on("click", function (at) {
      var line = data.lines[at.dataIndex], name = figure.dataset.filters;
      var wanted = line.key;
      if (kind === "whole") {
        wanted = data.classes.filter(function (each) { return each.word === at.seriesName; })[0].key;
      }
      if (name === "section") {
        all("#section option").forEach(function (option) { if (option.dataset.key === line.key) wanted = option.value; });
      }
      only(name, wanted);
    });
  });
  window.addEventListener("resize", function () {
    drawn.forEach(function (chart) { chart.resize(); });
  });
})();
