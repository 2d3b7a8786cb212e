"use strict";
// Searches the index: every word of the query has to begin a word of an entry. Texts are set as texts, never as markup.
(() => {
  const MOST = 100;
  const form = document.getElementById("search");
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = (window.searchIndex || []).map(([path, text, note]) => ({ path, text, note, folded: " " + fold(text + " " + note).replace(/[^\p{L}\p{N}]+/gu, " ") }));
  const search = () => {
    const words = fold(query.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    // In writing systems without spaces between words, a match may begin inside a word.
    const holds = (entry, word) => entry.folded.includes(/^[\x00-\u05ff]/.test(word) ? " " + word : word);
    const hits = words.length ? entries.filter((entry) => words.every((word) => holds(entry, word))) : [];
    found.textContent = words.length ? hits.length + (hits.length === 1 ? " result" : " results") + (hits.length > MOST ? ", the first " + MOST : "") : "";
    results.replaceChildren(...hits.slice(0, MOST).map((entry) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const note = document.createElement("span");
      link.href = entry.path;
      link.textContent = entry.text;
      link.dir = "auto";
      note.className = "soft";
      note.textContent = " " + entry.note;
      item.append(link, note);
      return item;
    }));
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", search);
  if (location.hash.length > 1) {
    query.value = decodeURIComponent(location.hash.slice(1));
    search();
  }
})();
