// Turns a long list into a search box. Without this it is a plain list.
const lists = document.querySelectorAll("select[data-search]");

for (const list of lists) {
  const { id } = list;
  const described = list.getAttribute("aria-describedby");
  const wrong = list.classList.contains("govuk-select--error");
  const chosen = list.value ? list.selectedOptions[0].text : "";
  const typed = `typed: ${location.pathname} ${id}`;

  accessibleAutocomplete.enhanceSelectElement({
    selectElement: list,
    autoselect: false,
    defaultValue: wrong ? (sessionStorage.getItem(typed) ?? "") : chosen,
    displayMenu: "overlay", // nothing moves when it closes
    inputClasses: wrong ? "govuk-input govuk-input--error" : "govuk-input",
    showAllValues: true,
  });

  const box = document.getElementById(id);
  if (described) {
    box.setAttribute("aria-describedby", described);
  }
  // What is typed and not on the list is no choice: the service says so, and shows it again.
  list.form.addEventListener("submit", () => {
    const text = box.value.trim();
    const match = [...list.options].find((option) => option.text.toLowerCase() === text.toLowerCase());
    list.value = match ? match.value : "";
    sessionStorage.setItem(typed, text);
  });
}
