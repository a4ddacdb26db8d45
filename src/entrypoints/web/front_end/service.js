// Everything works without this: it makes the components of GOV.UK Frontend comfortable.
import { initAll } from "asset:govuk-frontend.min.js";

initAll();

// The warning before a user is signed out. Other tabs may have used the session: ask first.
const EARLY = 300; // seconds
const AGAIN = 30; // seconds, when the service did not answer
const warning = document.querySelector(".app-session");

if (warning) {
  const [soon, over] = warning.querySelectorAll("p");
  const stay = soon.querySelector("a");
  let timer;

  const wait = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(seconds, 1) * 1000);
  };
  const show = (seconds) => {
    soon.hidden = seconds === 0;
    over.hidden = seconds !== 0;
    warning.classList.toggle("app-session--shown", seconds <= EARLY);
    if (seconds > 0) {
      wait(seconds > EARLY ? seconds - EARLY : seconds);
    }
  };
  const look = async () => {
    try {
      show((await (await fetch(warning.dataset.left)).json()).seconds);
    } catch {
      wait(AGAIN);
    }
  };

  warning.classList.add("app-session--scripted");
  show(Number(warning.dataset.seconds));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  if (stay) {
    stay.textContent = "Stay signed in";
    stay.addEventListener("click", async (event) => {
      event.preventDefault();
      const token = document.querySelector("[name=csrf_token]").value;
      const body = new URLSearchParams({ csrf_token: token });
      await fetch(stay.href, { method: "POST", body }).catch(() => {});
      look();
    });
  }
}
