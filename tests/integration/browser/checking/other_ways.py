"""What holds for every page that is used by keyboard, in colours of one's own, or on paper."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page, ViewportSize

from integration.browser.checking.page_checks import sized

A4: ViewportSize = {"width": 718, "height": 1047}  # with margins of a centimetre
SPARE = 3  # presses: a browser may stop at a region that can be scrolled

# In these colours backgrounds and shadows are gone: what is there and where one is must have a
# line around it. A box or button is its own, a radio button that of its label.
BEGIN = """() => {
  const kinds = `a[href], button, input:not([type=hidden]), select, textarea, summary,
    [tabindex="0"]`;
  const hint = "[readonly][tabindex='-1']";  // of a search box: never typed in
  const groups = new Set();
  const stops = [...document.querySelectorAll(kinds)].filter((element) => {
    const {disabled, type, name} = element;
    if (disabled || element.matches(hint) || !element.checkVisibility({visibilityProperty: true}))
      return false;
    if (type !== "radio") return true;
    const checked = document.querySelector(`input[type=radio][name="${name}"]:checked`);
    if (checked ? checked !== element : groups.has(name)) return false;
    groups.add(name);
    return true;
  });
  const style = (element) => ["radio", "checkbox"].includes(element.type)
    ? getComputedStyle(element.labels[0], "::before") : getComputedStyle(element);
  const lined = (element, line) => {
    const {[line + "Style"]: made, [line + "Width"]: width} = style(element);
    return made !== "none" && parseFloat(width) > 0;
  };
  const round = {stops, been: [], unseen: []};
  document.addEventListener("focusin", ({target}) => {
    const place = stops.indexOf(target);
    if (place < 0) return;
    round.been.push(place);
    if (!lined(target, "outline")) round.unseen.push(target.outerHTML);
  });
  window.tabbed = round;
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  const boxes = stops.filter((each) =>
    each.matches("input:not([type=file]), select, textarea, .govuk-button"));
  return {
    stops: stops.length,
    unlined: boxes.filter((each) => !lined(each, "border")).map((each) => each.outerHTML),
  };
}"""
END = """() => {
  const {stops, been, unseen} = window.tabbed;
  const first = stops.findIndex((_, place) => been[place] !== place);
  return {unseen: [...new Set(unseen)], missed: first < 0 ? null : stops[first].outerHTML};
}"""

PRINTED = """() => {
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility({visibilityProperty: true}));
  return {
    wide: document.documentElement.scrollWidth,
    heading: shown("h1").length,
    furniture: shown("nav, .govuk-button, .govuk-back-link, .govuk-footer")
      .map((element) => element.outerHTML.slice(0, 100)),
    addresses: shown("main a[href]")
      .filter((link) => getComputedStyle(link, "::after").content.includes("("))
      .map((link) => link.href),
  };
}"""


def by_keyboard_and_forced_colours(page: Page) -> Sequence[object]:
    """Tab comes to everything in order, and one sees where one is, in the user's own colours."""
    page.emulate_media(forced_colors="active")
    found = page.evaluate(BEGIN)
    for _ in range(found["stops"] + SPARE):
        page.keyboard.press("Tab")
    after = page.evaluate(END)
    page.emulate_media(forced_colors="none")
    return [
        *[f"no line around it in forced colours: {box}" for box in found["unlined"]],
        *[f"no line around the focus: {stop}" for stop in after["unseen"]],
        *([f"Tab does not come here in order: {after['missed']}"] if after["missed"] else []),
    ]


def on_paper(page: Page) -> Sequence[object]:
    """A printed page has what it says, without ways to somewhere else."""
    page.emulate_media(media="print")
    with sized(page, A4):
        found = page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    return [
        *([f"{found['wide']} wide on paper"] if found["wide"] > A4["width"] else []),
        *(["no heading on paper"] if not found["heading"] else []),
        *[f"printed: {each}" for each in (*found["furniture"], *found["addresses"])],
    ]
