// Search in a copy of the site that is read from a disk: nothing is asked of any server.
(() => {
  "use strict";
  const box = document.getElementById("copy-search");
  const field = document.getElementById("q");
  const list = document.getElementById("results");
  const found = document.getElementById("found");
  const language = document.documentElement.lang;
  const most = 50;

  const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
  const named = (names) => names[language] || names.en || Object.values(names)[0] || "";
  // A word is found in its other forms too: what an ending may change is left out of the comparison.
  const stem = (word) => (word.length > 5 ? word.slice(0, -2) : word);
  const asked = (text) => plain(text).match(/[\p{L}\p{N}]+(?:-\p{N}+)?/gu) || [];
  const holds = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return at;
    }
    return -1;
  };
  const folder = (name) => encodeURIComponent(name).replaceAll("%7E", "~");

  const entry = (address, title, words, wordsLanguage) => {
    const item = document.createElement("li");
    item.className = "card";
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    item.append(link);
    if (words) {
      const text = document.createElement("p");
      text.className = "law sentence";
      text.lang = wordsLanguage;
      text.textContent = words;
      item.append(text);
    }
    return item;
  };

  const around = (text, at) => {
    const from = Math.max(0, at - 80);
    return (from ? "… " : "") + text.slice(from, at + 160) + (at + 160 < text.length ? " …" : "");
  };

  const inArticles = (words, numbers) => {
    const hits = [];
    for (const [text, number, heading, body] of WORDS.articles) {
      if (hits.length > most) break;
      const everything = plain(`${heading} ${body}`);
      const places = words.map((word) => holds(everything, word));
      if (!numbers.includes(number) && places.some((at) => at < 0)) continue;
      const [law, version, names, wordsLanguage] = WORDS.texts[text];
      const address = `../laws/${folder(law)}/v/${folder(version)}/art-${folder(number)}/index.html`;
      const at = Math.max(0, (places[0] ?? 0) - heading.length - 1);
      hits.push(entry(address, `${box.dataset.article} ${number}, ${named(names)}: ${heading}`, around(body, at), wordsLanguage));
    }
    return hits;
  };

  const inProvisions = (words) =>
    WORDS.provisions
      .filter(([, , names]) => words.every((word) => Object.values(names).some((name) => holds(plain(name), word) >= 0)))
      .map(([law, key, names]) => entry(`../laws/${folder(law)}/p/${folder(key)}/index.html`, named(names), "", ""));

  const look = () => {
    const parts = asked(field.value);
    const words = parts.map(stem);
    const hits = words.length ? [...inProvisions(words), ...inArticles(words, parts.length === 1 ? parts : [])] : [];
    list.replaceChildren(...hits.slice(0, most));
    found.textContent = !words.length ? "" : !hits.length ? box.dataset.none : hits.length > most ? box.dataset.more : "";
  };

  box.hidden = false;
  field.addEventListener("input", look);
  look();
})();
