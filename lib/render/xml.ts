import { inOneLine } from '../model/harmless';

/** The opening tag of an element, its attributes escaped. */
export function openTag(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  end: '' | '/' = '',
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(String(value))}"`);
  return `<${tag}${written.join('')}${end}>`;
}

function attribute(value: string): string {
  return xmlText(value).replaceAll('"', '&quot;');
}

/** The content of an element; what XML 1.0 has no way to write, and other controls, must be escaped before. */
export function xmlText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An element that holds nothing but a text of others. */
export function textElement(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  text: string,
): string {
  return `${openTag(tag, attributes)}${xmlText(inOneLine(text))}</${tag}>`;
}
