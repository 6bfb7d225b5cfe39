import type { OutlineNode } from '../../../api/contract.ts';
import type { Loaded } from '../../../components/XmlTree/outline.ts';

// Prefixes that expressions may use in every document, as the reader knows them.
const WELL_KNOWN: Record<string, string> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  image: 'http://www.google.com/schemas/sitemap-image/1.1',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  news: 'http://www.google.com/schemas/sitemap-news/0.9',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rss1: 'http://purl.org/rss/1.0/',
  sitemap: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  xhtml: 'http://www.w3.org/1999/xhtml',
  yt: 'http://www.youtube.com/xml/schemas/2015',
};

const UNSEEN = 'unseen';

/** A place in the document: an element, or an attribute of it. */
export const spotKey = (id: number, attribute: string | null) =>
  attribute === null ? `${id}` : `${id}@${attribute}`;

/**
 * The part of a document that is on the screen, as a DOM of its own, in which the browser's XPath finds what an
 * expression hits. It only places marks beside the tree; what an expression gives is the server's answer.
 * There are two of them: unprefixed names mean the document's default namespace, which XPath 1.0 cannot say, so the
 * second has those elements in no namespace.
 */
export class Mirror {
  private readonly documents: XMLDocument[];
  private readonly resolve: (prefix: string | null) => string | null;

  constructor(loaded: Loaded, root: number, namespaces: { prefix: string; uri: string }[]) {
    const declared = new Map(namespaces.map(({ prefix, uri }) => [prefix, uri]));
    this.resolve = prefix => declared.get(prefix ?? '') ?? WELL_KNOWN[prefix ?? ''] ?? 'urn:unknown';
    this.documents = [true, false].map(namespaced => build(loaded, root, namespaced));
  }

  /** The elements that an item path hits, by number, in order. */
  items(path: string): number[] {
    const ids = this.documents.flatMap(document => hits(document, path, document, this.resolve));
    return [...new Set(ids.filter(id => !id.includes('@')))].map(Number);
  }

  /** Whether what is inside an element is on the screen. */
  shows(id: number): boolean {
    return this.documents.some(document => elementOf(document, id)?.lastElementChild?.nodeName !== UNSEEN);
  }

  /** What an expression hits from one of the items, as keys of `spotKey`. */
  spots(item: number, expression: string): string[] {
    const found = this.documents.flatMap(document => {
      const element = elementOf(document, item);
      return element ? hits(document, expression, element, this.resolve) : [];
    });
    return [...new Set(found)];
  }
}

const ids = new WeakMap<Node, number>();
const elements = new WeakMap<Document, Map<number, Element>>();

const elementOf = (document: Document, id: number) => elements.get(document)?.get(id);

function build(loaded: Loaded, root: number, namespaced: boolean): XMLDocument {
  const document = window.document.implementation.createDocument(null, null);
  const known = new Map<number, Element>();
  elements.set(document, known);
  const add = (parent: Node, id: number) => {
    for (const node of loaded.get(id)?.nodes ?? []) {
      const child = make(document, node, namespaced, !loaded.has(node.id));
      if (!child || (parent === document && document.documentElement)) continue;
      ids.set(child, node.id);
      parent.appendChild(child);
      if (child instanceof Element) {
        known.set(node.id, child);
        add(child, node.id);
      }
    }
  };
  add(document, root);
  return document;
}

function make(document: XMLDocument, node: OutlineNode, namespaced: boolean, unseen: boolean): Node | null {
  try {
    if (node.kind === 'text') return document.createTextNode(node.text ?? '');
    const own = node.name.includes(':') || namespaced;
    const element = document.createElementNS(own ? node.namespace || null : null, node.name);
    for (const { name, namespace, value } of node.attributes)
      element.setAttributeNS(namespace || null, name, value);
    if (node.text) element.append(node.text);
    // Something is inside that is not on the screen yet.
    else if (unseen && node.children > 0) element.append(document.createElement(UNSEEN));
    return element;
  } catch {
    return null; // a name that only a lenient reader accepts
  }
}

function hits(
  document: XMLDocument,
  expression: string,
  from: Node,
  resolve: (prefix: string | null) => string | null,
): string[] {
  const found: string[] = [];
  try {
    const all = document.evaluate(expression, from, resolve, XPathResult.ORDERED_NODE_ITERATOR_TYPE);
    for (let node = all.iterateNext(); node; node = all.iterateNext()) {
      if (node instanceof Attr && node.ownerElement) {
        const id = ids.get(node.ownerElement);
        if (id !== undefined) found.push(spotKey(id, node.name));
      } else {
        const id = ids.get(node) ?? ids.get(node.parentNode ?? node);
        if (id !== undefined) found.push(spotKey(id, null));
      }
    }
  } catch {
    // Expressions with functions of our own, or unfinished ones, mark nothing.
  }
  return found;
}
