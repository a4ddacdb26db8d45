// Turns a long list into a search box. Without this it is a plain list.
const lists = document.querySelectorAll("select[data-search]");

for (const list of lists) {
  const described = list.getAttribute("aria-describedby");
  const wrong = list.classList.contains("govuk-select--error");
  const id = list.id;

  accessibleAutocomplete.enhanceSelectElement({
    selectElement: list,
    defaultValue: list.selectedOptions[0]?.value ? list.selectedOptions[0].text : "",
    showAllValues: true,
    inputClasses: wrong ? "govuk-input govuk-input--error" : "govuk-input",
  });

  const box = document.getElementById(id);
  if (described) {
    box.setAttribute("aria-describedby", `${described} ${box.getAttribute("aria-describedby") ?? ""}`.trim());
  }
  // What is typed and not on the list is no choice: the service then says so.
  list.form.addEventListener("submit", () => {
    const chosen = [...list.options].find((option) => option.text === box.value.trim());
    list.value = chosen ? chosen.value : "";
  });
}
