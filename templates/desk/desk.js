/* The page works without this script; with it files can be dropped, progress is shown, and nothing typed is lost. */
"use strict";
(function () {
  var root = document.documentElement;
  root.className += " scripted";
  var job = document.getElementById("job");
  var page = location.pathname;

  function say(text) {
    var place = document.getElementById("refusal");
    place.textContent = text;
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
  }

  function sentence(html) {
    var line = new DOMParser().parseFromString(html, "text/html").querySelector(".sentence");
    return line ? line.textContent.trim() : "没有做成，请刷新页面再试。";
  }

  /* ---- what runs, and whether anybody is still there */
  function ask(address, then) {
    fetch(address, { cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 403) { throw new Error("gone"); }
      document.getElementById("gone").hidden = true;
      return answer.status === 204 ? null : answer.json();
    }).then(then).catch(function () { document.getElementById("gone").hidden = false; });
  }

  function follow() {
    ask("/jobs", function (now) {
      if (now.state !== "running" || String(now.number) !== job.dataset.number) { location.reload(); return; }
      document.getElementById("seconds").textContent = now.seconds;
      document.getElementById("last").textContent = now.last;
      setTimeout(follow, 1000);
    });
  }
  if (job && job.dataset.state === "running") { setTimeout(follow, 700); }
  setInterval(function () { ask("/beat", function () {}); }, 30000);

  /* ---- opening a file does not leave the page */
  document.addEventListener("submit", function (event) {
    var button = event.submitter;
    var form = event.target;
    var address = button && button.getAttribute("formaction") || form.getAttribute("action");
    if (address !== "/open") {
      setTimeout(function () { form.querySelectorAll("button").forEach(function (one) { one.disabled = true; }); }, 0);
      return;
    }
    event.preventDefault();
    var data = new URLSearchParams();
    var field = form.querySelector("input[name=path]");
    data.append("path", button && button.name === "path" ? button.value : field.value);
    fetch("/open", { method: "POST", body: data, headers: { "X-Script": "1" }, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? "" : answer.text().then(sentence); })
      .then(function (text) { if (text) { say(text); } })
      .catch(function () { document.getElementById("gone").hidden = false; });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("button").forEach(function (one) { one.disabled = false; });
  });

  /* ---- files */
  function files(entry, path, list) {
    return new Promise(function (done) {
      if (entry.isFile) {
        entry.file(function (file) { list.push([file, path + file.name]); done(); }, done);
        return;
      }
      var reader = entry.createReader();
      (function more() {
        reader.readEntries(function (entries) {
          if (!entries.length) { done(); return; }
          Promise.all(entries.map(function (one) { return files(one, path + entry.name + "/", list); })).then(more);
        }, done);
      })();
    });
  }

  function send(form, list) {
    if (!list.length) { say("还没有选文件。"); return; }
    var data = new FormData();
    list.forEach(function (pair) { data.append("file", pair[0]); data.append("name", pair[1]); });
    var bar = form.querySelector("progress");
    bar.hidden = false;
    var request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.upload.onprogress = function (event) { if (event.lengthComputable) { bar.value = 100 * event.loaded / event.total; } };
    request.onload = function () {
      bar.hidden = true;
      if (request.status < 400) { location.href = page; } else { say(sentence(request.responseText)); }
    };
    request.onerror = function () { bar.hidden = true; say("文件没有传上来：可能太大，或工作台已经结束。可以把文件直接放进办公文件夹里对应的文件夹。"); };
    request.send(data);
  }

  document.querySelectorAll("form.drop").forEach(function (form) {
    form.addEventListener("dragover", function (event) { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", function () { form.classList.remove("over"); });
    form.addEventListener("drop", function (event) {
      event.preventDefault();
      form.classList.remove("over");
      var list = [];
      var entries = [].map.call(event.dataTransfer.items, function (item) { return item.webkitGetAsEntry && item.webkitGetAsEntry(); });
      Promise.all(entries.filter(Boolean).map(function (entry) { return files(entry, "", list); })).then(function () { send(form, list); });
    });
    form.querySelectorAll("input[type=file]").forEach(function (field) {
      field.addEventListener("change", function () {
        send(form, [].map.call(field.files, function (file) { return [file, file.webkitRelativePath || file.name]; }));
      });
    });
  });
  /* A file that misses the box must not replace the page. */
  ["dragover", "drop"].forEach(function (name) { window.addEventListener(name, function (event) { event.preventDefault(); }); });

  /* ---- what was typed stays until what it was typed for is done: the act of the form's main button, not a look before it */
  var done = job && job.dataset.state === "done" ? job.dataset.number : "";
  function isDone(form) {
    var button = form.querySelector("button.main") || form.querySelector("button");
    var address = button.getAttribute("formaction") || form.getAttribute("action");
    var about = form.dataset.keep;
    return address === "/do/" + job.dataset.act && about !== "always" && (!about || about === job.dataset.subject);
  }
  document.querySelectorAll("form[data-keep]").forEach(function (form, at) {
    var key = "kept:" + page + ":" + (form.dataset.keep || at);
    var last = "done:" + page;
    if (done && sessionStorage.getItem(last) !== done && isDone(form)) { sessionStorage.removeItem(key); }
    var kept = JSON.parse(sessionStorage.getItem(key) || "{}");
    var fields = [].filter.call(form.elements, function (field) { return field.name && field.type !== "hidden" && field.type !== "submit" && field.type !== "file"; });
    fields.forEach(function (field) {
      var value = kept[field.name];
      if (value === undefined) { return; }
      if (field.type === "radio" || field.type === "checkbox") { field.checked = value.indexOf(field.value) >= 0; } else { field.value = value[0]; }
    });
    form.addEventListener("input", function () {
      var now = {};
      fields.forEach(function (field) {
        if ((field.type === "radio" || field.type === "checkbox") && !field.checked) { now[field.name] = now[field.name] || []; return; }
        (now[field.name] = now[field.name] || []).push(field.value);
      });
      sessionStorage.setItem(key, JSON.stringify(now));
    });
  });
  if (done) { sessionStorage.setItem("done:" + page, done); }

  /* ---- small helps */
  var all = document.getElementById("all");
  if (all) { all.addEventListener("change", function () { all.form.querySelectorAll("input[name=tick]").forEach(function (tick) { tick.checked = all.checked; }); }); }
  var filter = document.getElementById("filter");
  if (filter) {
    filter.addEventListener("input", function () {
      document.querySelectorAll("#points tbody tr").forEach(function (row) { row.hidden = row.textContent.indexOf(filter.value.trim()) < 0; });
    });
  }
})();
