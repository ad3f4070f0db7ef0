// Medicine, a row for each line: a pasted list is spread over rows, Enter goes to the next row, and
// there is always a blank one to go on with.
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

  document.addEventListener("input", (event) => {
    const last = rows().at(-1);
    if (last?.contains(event.target) && event.target.value) addRow(0);
  });

  // An empty row means that the list is done: there Enter goes on to the next step.
  document.addEventListener("keydown", (event) => {
    const here = rows().findIndex((row) => field(row) === event.target);
    if (event.key !== "Enter" || event.ctrlKey || event.isComposing || here < 0 || !event.target.value) return;
    event.preventDefault();
    field(rows()[here + 1] ?? addRow(0)).focus();
  });

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
