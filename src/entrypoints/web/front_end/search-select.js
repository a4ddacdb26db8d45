// Turns a long list into a search box. Without this it is a plain list.
import { folded, hasWords } from "asset:folding.js";

const lists = document.querySelectorAll("select[data-search]");

for (const list of lists) {
  const { id } = list;
  const described = list.getAttribute("aria-describedby");
  const wrong = list.classList.contains("govuk-select--error");
  const names = [...list.options].filter((option) => option.value).map((option) => option.text);
  const typed = `typed: ${location.pathname} ${id}`;
  let chosen = list.value ? list.selectedOptions[0].text : "";

  const choose = (name) => {
    chosen = name;
    list.value = [...list.options].find((option) => option.text === name).value;
  };
  const found = (text) =>
    text === chosen ? names : names.filter((name) => hasWords(folded(name), folded(text).split(" ")));
  const match = (text) =>
    names.find((name) => name === text) ?? names.find((name) => folded(name) === folded(text));

  accessibleAutocomplete.enhanceSelectElement({
    selectElement: list,
    autoselect: false,
    defaultValue: wrong ? (sessionStorage.getItem(typed) ?? "") : chosen,
    displayMenu: "inline", // what follows makes room, so that nothing lies under the open list
    inputClasses: wrong ? "govuk-input govuk-input--error" : "govuk-input",
    onConfirm: (name) => name && choose(name),
    showAllValues: true,
    source: (text, show) => show(found(text)),
  });

  const box = document.getElementById(id);
  const field = box.closest(".autocomplete__wrapper");

  // The component takes the text that it begins with for the only option there is.
  const close = () => {
    const escape = new Event("keydown", { bubbles: true });
    Object.defineProperty(escape, "keyCode", { value: 27 });
    box.dispatchEvent(escape);
  };
  close();

  // The component drops the hint and the error message from the description while it draws.
  const describe = () => {
    const now = box.getAttribute("aria-describedby") ?? "";
    if (described && !now.includes(described)) {
      box.setAttribute("aria-describedby", `${described} ${now}`.trim());
    }
  };
  new MutationObserver(describe).observe(box, { attributeFilter: ["aria-describedby"] });
  describe();

  // A press closes the list. Nothing moves until it is over, so that it reaches what was pressed.
  document.addEventListener(
    "mousedown",
    () => {
      field.style.minHeight = `${field.offsetHeight}px`;
    },
    true,
  );
  for (const over of ["mouseup", "dragend"]) {
    document.addEventListener(over, () => setTimeout(() => (field.style.minHeight = "")), true);
  }

  // A whole name that was typed need not be chosen from the list.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && match(box.value)) {
      close();
    }
  });

  // What is typed and not on the list is no choice: the service says so, and shows it again.
  list.form.addEventListener("submit", () => {
    const name = match(box.value);
    if (name) {
      choose(name);
    } else {
      list.value = "";
    }
    sessionStorage.setItem(typed, box.value.trim());
  });
}
