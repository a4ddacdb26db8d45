// Everything works without this: it makes the components of GOV.UK Frontend comfortable.
import { initAll } from "asset:govuk-frontend.min.js";

initAll();
