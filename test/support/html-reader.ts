import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** What a browser makes of a text, by the algorithm of the HTML standard. */
export function readHtml(text: string): DefaultTreeAdapterTypes.Document {
  return parse(text);
}

/** All elements in it, in the order of the text. */
export function elementsOf(node: Parent): Element[] {
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsOf(child)] : []));
}

/** The text of all that is in it. */
export function textIn(node: Parent): string {
  return node.childNodes
    .map((child) => ('value' in child ? child.value : 'childNodes' in child ? textIn(child) : ''))
    .join('');
}
