/** What a click hit: the `name` of a button or link, null for anything else; `ofRow` counts clicks soon after one another in one place, 0 for a key. */
export interface Hit {
  name: string | null;
  ofRow: number;
}

/**
 * Tells of each click in turn whether it is meant. The second click of a double click is meant for what the first one
 * hit: what has taken its place by then (the withdraw after a publish, the next row's delete, the ground of a window that
 * has just opened) is not.
 */
export function createMeant(): (hit: Hit) => boolean {
  let first: string | null = null;
  return ({ name, ofRow }) => {
    if (ofRow <= 1) first = name;
    return ofRow <= 1 || name === first;
  };
}

const hitOf = ({ target, detail }: MouseEvent): Hit => {
  const pressed = target instanceof Element ? target.closest('button, a, [role="button"], [role="menuitem"], [role="switch"]') : null;
  // A label is the name, whatever stands in it beside: how many are left to step through is another number after each step.
  return { name: pressed && (pressed.getAttribute('aria-label') ?? pressed.textContent).trim(), ofRow: detail };
};

/** Keeps clicks that are not meant from the whole page. */
export function guardDoubleClicks(page: Document): void {
  const isMeant = createMeant();
  page.addEventListener('click', (event) => {
    if (isMeant(hitOf(event))) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
