// A list of medicine that is pasted into one row is spread over a row for each line.
(() => {
  "use strict";

  const rows = () => [...document.querySelectorAll("[data-medicine-row]")];
  const field = (row) => row.querySelector("[name=line]");

  // A new row like the last, under a key of its own, blank and unread.
  const addRow = (number) => {
    const last = rows().at(-1);
    const row = last.cloneNode(true);
    const old = last.querySelector("[name=row]").value;
    const key = `n${Date.now()}${number}`;
    row.querySelector("[name=row]").value = key;
    row.querySelector("label").htmlFor = `id_line_${key}`;
    const input = field(row);
    input.id = `id_line_${key}`;
    input.value = "";
    input.setAttribute("aria-describedby", `read-${key}`);
    const read = row.querySelector(`#read-${CSS.escape(old)}`);
    read.id = `read-${key}`;
    read.replaceChildren();
    last.after(row);
    return row;
  };

  document.addEventListener("paste", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches("[data-medicine-row] [name=line]")) return;
    const pasted = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (pasted.length < 2) return;
    event.preventDefault();
    const start = rows().findIndex((row) => row.contains(input));
    const free = rows().slice(start).filter((row) => field(row) === input || !field(row).value.trim());
    if (input.value.trim()) free.shift();
    pasted.forEach((line, number) => {
      field(free[number] ?? addRow(number)).value = line;
    });
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
