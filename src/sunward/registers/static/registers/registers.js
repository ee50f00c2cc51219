// The drop zone: several files, their order seen and changed before they are sent. Without this script it is a file field.
(function () {
  "use strict";
  for (const zone of document.querySelectorAll("[data-drop-zone]")) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-file-list]");
    let files = [];
    zone.classList.add("is-ready");

    function put(next) {
      files = next;
      const held = new DataTransfer();
      for (const file of files) held.items.add(file);
      input.files = held.files;
      draw();
    }

    function button(label, name, act) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-sm";
      made.textContent = label;
      made.setAttribute("aria-label", label + " " + name);
      made.addEventListener("click", act);
      return made;
    }

    function swap(one, other) {
      const next = files.slice();
      [next[one], next[other]] = [next[other], next[one]];
      put(next);
    }

    function draw() {
      list.replaceChildren(
        ...files.map(function (file, place) {
          const item = document.createElement("li");
          const name = document.createElement("span");
          name.textContent = file.name;
          item.append(name);
          if (place > 0) item.append(button(list.dataset.up, file.name, () => swap(place, place - 1)));
          if (place < files.length - 1) item.append(button(list.dataset.down, file.name, () => swap(place, place + 1)));
          item.append(button(list.dataset.remove, file.name, () => put(files.filter((_, at) => at !== place))));
          return item;
        })
      );
    }

    function same(one, other) {
      return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
    }

    function add(fresh) {
      put(files.concat(Array.from(fresh).filter((file) => !files.some((held) => same(held, file)))));
    }

    input.addEventListener("change", function () {
      const chosen = Array.from(input.files);
      if (chosen.length) add(chosen);
    });
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, function (event) {
        event.preventDefault();
        zone.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) {
      zone.addEventListener(name, function () {
        zone.classList.remove("is-over");
      });
    }
    zone.addEventListener("drop", function (event) {
      event.preventDefault();
      add(event.dataTransfer.files);
    });
  }
})();
