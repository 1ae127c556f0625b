/** An element of the page that its script knows. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

/** Shows HTML that `html.ts` wrote, with every text of others escaped. */
export function fill(place: HTMLElement, html: string): void {
  place.innerHTML = html;
}

/** What stands in the fields of a form, without blanks around. */
export function valuesOf(form: HTMLFormElement): Readonly<Record<string, string>> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}

export function setValues(form: HTMLFormElement, values: Readonly<Record<string, string>>): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      field.value = values[field.name] ?? '';
    }
  }
}

/** Waits until nobody has typed for a moment. */
export function afterTyping(act: () => void): () => void {
  let timer: number | undefined;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, 150);
  };
}
