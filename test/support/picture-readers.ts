import type * as VizJs from '@viz-js/viz' with { 'resolution-mode': 'import' };
import { SaxesParser } from 'saxes';

/** An element of XML, and the text that stands directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** All elements of a document, in the order in which they begin; throws where it is not well-formed. */
export function readXml(document: string): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) {
      element.text += text;
    }
  });
  parser.on('closetag', () => open.pop());
  parser.write(document).close();
  return elements;
}

// It has code for `require`, and types for `import` alone.
const { instance } = require('@viz-js/viz') as typeof VizJs;
const graphviz = instance();

/** The texts that Graphviz shows of a graph; throws where it is none. */
export async function labelsOfDot(text: string): Promise<readonly string[]> {
  const svg = (await graphviz).renderString(text, { format: 'svg' });
  return readXml(svg).flatMap(({ name, text: shown }) => (name === 'text' ? [shown] : []));
}
