/** What a list says beside its items. */
export interface ListHead {
  readonly metadata?: { readonly continue?: string };
}

/** How deep items stand: in a list, in an object. */
const ITEMS = 2;

/**
 * Takes the text of a list as it comes and gives each item as soon as it is whole. A page of five hundred pods is 4 MB
 * of text and more than that in objects. So much at once outlives the sweeps of the young heap, and the heap grows far
 * beyond what is in use; items one by one leave no trace.
 */
export class ListSplitter {
  /** All but the items. */
  private head = '';
  /** What has come of the item that is not whole yet. */
  private item = '';
  private depth = 0;
  private isInText = false;
  private isEscaped = false;
  private isInItems = false;

  /** The items that are whole now. */
  public add(chunk: string): object[] {
    const whole: object[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (this.isInText) {
        this.passText(code);
      } else if (code === QUOTE) {
        this.isInText = true;
      } else if (code === OPENING || code === OPENING_LIST) {
        if (this.isInItems && this.depth === ITEMS) {
          start = at;
        }
        this.depth++;
        if (this.depth === ITEMS && /[{,]\s*"items"\s*:\s*$/.test(this.head + chunk.slice(start, at))) {
          this.keep(chunk.slice(start, at + 1));
          this.isInItems = true;
        }
      } else if (code === CLOSING || code === CLOSING_LIST) {
        this.depth--;
        if (this.isInItems && this.depth === ITEMS) {
          whole.push(JSON.parse(this.item + chunk.slice(start, at + 1)));
          this.item = '';
        } else if (this.isInItems && this.depth < ITEMS) {
          this.isInItems = false;
          start = at;
        }
      }
    }
    this.keep(chunk.slice(start));
    return whole;
  }

  /**
   * What else the list says, when all has come.
   *
   * @throws SyntaxError when it is no JSON
   */
  public end(): ListHead {
    return JSON.parse(this.head) as ListHead;
  }

  private passText(code: number): void {
    if (this.isEscaped) {
      this.isEscaped = false;
    } else if (code === BACKSLASH) {
      this.isEscaped = true;
    } else if (code === QUOTE) {
      this.isInText = false;
    }
  }

  /** Commas between items are nobody's. */
  private keep(text: string): void {
    if (!this.isInItems) {
      this.head += text;
    } else if (this.depth > ITEMS) {
      this.item += text;
    }
  }
}

const [QUOTE, BACKSLASH, OPENING_LIST, CLOSING_LIST, OPENING, CLOSING] = [...'"\\[]{}'].map((each) =>
  each.charCodeAt(0),
);
