// A translation beside its original: both sentences of a pair light up, arrow keys walk, a tap shows the original beneath.

/** A sentence on either side; its number is shared by both within a row. */
const SENTENCE = "[data-pair]";
/** What the site says once all of a text is translated that was still being translated when the page was opened. */
const ARRIVED = "The translation is complete.";

/** Whether the reader of a narrow page wants every original shown; kept while the text is replaced. */
let unfolded = false;

/** Let every text on the page be walked, lit and unfolded, also texts that come later. */
export function enliven(): void {
  document.addEventListener("pointerover", (event) => light(sentenceAt(event.target)));
  document.addEventListener("focusin", (event) => {
    const sentence = sentenceAt(event.target);
    light(sentence);
    if (sentence) stopAt(sentence);
  });
  document.addEventListener("focusout", (event) => sentenceAt(event.target)?.classList.remove("hushed"));
  document.addEventListener("click", tapped);
  document.addEventListener("keydown", pressed);
  document.addEventListener("htmx:afterSettle", arrived);
  addEventListener("hashchange", focusPair);
  for (const text of texts()) open(text);
  focusPair();
}

function texts(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(".text.two");
}

/** Make a text ready: one stop for the Tab key, and the button that unfolds the originals. */
function open(text: HTMLElement): void {
  const first = walk(text)[0];
  if (first && !text.querySelector(`${SENTENCE}[tabindex="0"]`)) first.tabIndex = 0;
  const button = text.querySelector<HTMLButtonElement>(".unfold");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(unfolded));
  text.classList.toggle("unfolded", unfolded);
}

/** Return the sentence that an event befell. */
function sentenceAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(`.text.two ${SENTENCE}`) : null;
}

/** Return a sentence and its partner. */
function pairOf(sentence: HTMLElement): HTMLElement[] {
  const row = sentence.closest(".row");
  return [...(row?.querySelectorAll<HTMLElement>(`[data-pair="${sentence.dataset.pair}"]`) ?? [])];
}

/** Light a pair up; none where nothing is pointed at and no sentence has the focus. */
function light(pointed: HTMLElement | null): void {
  const sentence = pointed ?? sentenceAt(document.activeElement);
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const one of sentence ? pairOf(sentence) : []) one.classList.add("lit");
}

/** Let the Tab key come back to this sentence. */
function stopAt(sentence: HTMLElement): void {
  for (const other of sentence.closest(".text")!.querySelectorAll<HTMLElement>(`${SENTENCE}[tabindex="0"]`)) other.tabIndex = -1;
  sentence.tabIndex = 0;
}

/** Return the sentences in reading order: of the translation, or of the original where there is none or it is the side walked on. */
function walk(text: HTMLElement, from?: HTMLElement): HTMLElement[] {
  const original = from?.closest(".source") && from.closest(".row")?.querySelector(".translated");
  const sides = [...text.querySelectorAll(".row")].map(
    (row) => (!original && row.querySelector(".translated")) || row.querySelector(".source"),
  );
  return sides.flatMap((side) => [...(side?.querySelectorAll<HTMLElement>(SENTENCE) ?? [])]);
}

function pressed(event: KeyboardEvent): void {
  const sentence = sentenceAt(event.target);
  if (!sentence || event.target !== sentence) return;
  if (event.key === "Escape") sentence.classList.add("hushed");
  if (event.key === "Enter") showBeneath(sentence);
  const ahead = getComputedStyle(sentence).direction === "rtl" ? -1 : 1;
  const step = { ArrowDown: 1, ArrowRight: ahead, ArrowUp: -1, ArrowLeft: -ahead }[event.key];
  const sentences = walk(sentence.closest<HTMLElement>(".text")!, sentence);
  const next = step && sentences[sentences.indexOf(sentence) + step];
  if (!next) return;
  next.focus();
  event.preventDefault();
}

function tapped(event: MouseEvent): void {
  const button = event.target instanceof Element && event.target.closest(".unfold");
  if (button) {
    unfolded = !unfolded;
    for (const text of texts()) open(text);
    return;
  }
  const sentence = sentenceAt(event.target);
  if (!sentence || !getSelection()?.isCollapsed) return;
  sentence.focus({ preventScroll: true }); // not every browser gives a tapped sentence the focus
  showBeneath(sentence);
}

/** Show the original beneath a sentence where it does not stand beside it; a second time puts it away. */
function showBeneath(sentence: HTMLElement): void {
  const open = sentence.nextElementSibling?.classList.contains("beneath");
  for (const shown of document.querySelectorAll(".beneath")) shown.remove();
  const original = pairOf(sentence).filter((one) => one.closest(".source"));
  const side = original[0]?.closest<HTMLElement>(".source");
  if (open || !side || side.offsetParent || sentence.classList.contains("kept")) return;
  const beneath = document.createElement("span");
  beneath.className = "beneath";
  beneath.lang = side.lang;
  beneath.dir = side.dir;
  beneath.textContent = original.map((one) => one.textContent).join(" ");
  sentence.after(beneath);
}

/** Make a text ready that came while the page was open; say when it is whole. */
function arrived(): void {
  for (const text of texts()) open(text);
  light(null);
  const told = document.getElementById("arrived");
  const reading = document.getElementById("reading");
  if (told && reading && !reading.hasAttribute("hx-get")) told.textContent = ARRIVED;
}

/** Go to the sentence that a list leads to. */
function focusPair(): void {
  if (/^#p\d+-\d+$/.test(location.hash)) document.getElementById(location.hash.slice(1))?.focus();
}
