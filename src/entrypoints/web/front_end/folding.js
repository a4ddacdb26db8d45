// Folds text as `ect_registration.domain.text.folded` does, with the tables of that module.
import { APOSTROPHES, DASHES, LETTERS, SILENT, STOPS } from "asset:letters.js";

const GONE = new Set(APOSTROPHES + SILENT);
const SPACES = new Set(DASHES + STOPS);

const plain = (character) => {
  if (GONE.has(character) || /[\p{Mn}\p{Cf}]/u.test(character)) {
    return "";
  }
  return SPACES.has(character) || /[\p{Pd}\p{Cc}\p{Z}]/u.test(character) ? " " : character;
};

export const folded = (text) => {
  const spoken = [...text].filter((character) => !GONE.has(character)).join("");
  const bare = [...spoken.normalize("NFKD")].map(plain).join("");
  // By way of capitals, in which ß is SS and both small sigmas are one letter.
  const letters = [...bare.toLowerCase().toUpperCase()].map((letter) => letter.toLowerCase());
  const typed = letters.map((letter) => LETTERS[letter] ?? letter).join("");
  return typed.split(" ").filter(Boolean).join(" ");
};

// Whether each word is in the folded name, or in its words run together from one of them on.
export const hasWords = (name, words) => {
  const parts = name.split(" ");
  const together = parts.map((_, first) => ` ${parts.slice(first).join("")}`).join("");
  return words.every((word) => name.includes(word) || together.includes(` ${word}`));
};
