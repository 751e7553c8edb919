// What scripts add to a page that is whole without them: receipts by fragment, sentences in pairs.
import { enliven } from "./sentences";

/** A fragment that leads to a span: of the text, of what was left out, of the headline, of the translation. */
const SPAN = /^#([sdht])(\d+-\d+)$/;

/** Light up the words that the address leads to; ask the server to mark them where they have no mark yet. */
function showReceipt(): void {
  for (const lit of document.querySelectorAll(".is-target")) lit.classList.remove("is-target");
  const span = SPAN.exec(location.hash);
  if (!span || !document.querySelector("[data-article]")) return;
  const place = location.hash.slice(1);
  if (!document.getElementById(place)) {
    const query = new URLSearchParams({ [span[1]!]: span[2]! });
    if (location.search !== `?${query}`) location.replace(`${location.pathname}?${query}${location.hash}`);
    return;
  }
  for (const mark of document.querySelectorAll(`mark[data-on~="${place}"]`)) mark.classList.add("is-target");
  document.getElementById(place)?.closest("details")?.setAttribute("open", "");
  document.getElementById(place)?.scrollIntoView({ block: "center" });
}

/** Tell whether a flag is drawn as one sign; some systems have letters or boxes for it. */
function drawsFlags(): boolean {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return true;
  context.font = "32px 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', 'Twemoji Mozilla', sans-serif";
  return context.measureText("\u{1F1EE}\u{1F1F9}").width < 1.5 * context.measureText("\u{1F1EE}").width;
}

if (!drawsFlags()) document.documentElement.classList.add("without-flags");
addEventListener("hashchange", showReceipt);
showReceipt();
enliven();
