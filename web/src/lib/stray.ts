/** A click on something: where, and when in milliseconds. */
export type Click = { on: unknown; x: number; y: number; at: number };

/** Milliseconds within which two clicks are one double click, and pixels that a hand moves meanwhile. */
const PAUSE = 450;
const TREMBLE = 8;

/** Whether a click is the second half of a double click of which the first half hit something else in this place. */
export const isStray = (before: Click | null, now: Click): boolean =>
  before !== null &&
  before.on !== now.on &&
  now.at - before.at < PAUSE &&
  Math.abs(now.x - before.x) <= TREMBLE &&
  Math.abs(now.y - before.y) <= TREMBLE;

/** Keeps a double click from pressing what the first click put under the pointer: another page, or another button. */
export function ignoreStrayClicks(target: EventTarget) {
  let before: Click | null = null;
  const listen = (event: Event) => {
    // A key that presses a button makes a click too, without a place.
    if (!(event instanceof MouseEvent) || !(event.target instanceof Element) || event.detail === 0) return;
    const on = event.target.closest('button, a');
    if (!on) return;
    const now = { on, x: event.clientX, y: event.clientY, at: event.timeStamp };
    if (isStray(before, now)) {
      event.preventDefault();
      event.stopPropagation();
    } else before = now;
  };
  target.addEventListener('click', listen, true);
}
