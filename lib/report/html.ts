import { inOneLine } from '../model/harmless';
import { openTag, textElement, xmlText } from '../render/xml';

/** Attributes of an element, which are escaped as it is written. */
export type Attributes = Readonly<Record<string, string | number>>;

/** An element around others, which are HTML already. Texts of others come in through `textElement` alone. */
export function wrap(tag: string, attributes: Attributes, ...inner: readonly string[]): string {
  return `${openTag(tag, attributes)}${inner.join('')}</${tag}>`;
}

/** A section of the page, which its heading names. */
export function section(id: string, heading: string, ...inner: readonly string[]): string {
  return `${wrap(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    wrap('h2', { id: `${id}-heading` }, heading),
    ...inner,
  )}\n`;
}

/** Something that is folded until somebody wants it; on paper it is open. */
export function folded(summary: string, attributes: Attributes, ...inner: readonly string[]): string {
  return wrap('details', attributes, textElement('summary', {}, summary), ...inner);
}

/** Lines of text that stand as they are; a long one is scrolled to, also with the keyboard. */
export function linesBlock(kind: string, lines: readonly string[]): string {
  const text = lines.map((line) => xmlText(inOneLine(line))).join('\n');
  return wrap('pre', { class: kind, tabindex: 0 }, text);
}

/** JSON that no script of a page can end, and that JavaScript reads as it was. */
export function dataBlock(id: string, value: unknown): string {
  const text = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `${wrap('script', { type: 'application/json', id }, text)}\n`;
}
