/** How deep items stand: in a list, in an object. */
const ITEMS = 2;

const NAME = 'items';

/** How long an item, and all but the items, may be in characters; the API server takes objects of 3 MB at most. */
const LONGEST = 1 << 24;

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
  private hasItems = false;
  /** How much of the last text beside the items is {@link NAME}; -1 when it is another one. */
  private matched = -1;
  /** What came last in the list of items. */
  private last: 'nothing' | 'item' | 'comma' = 'nothing';

  /**
   * The items that are whole now.
   *
   * @throws SyntaxError when it is no list of objects
   */
  public add(chunk: string): object[] {
    const whole: object[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (this.isInText) {
        this.passText(code);
      } else if (this.isInItems && this.depth === ITEMS) {
        if (this.isItemAt(code)) {
          this.depth++;
          start = at;
        } else if (code === CLOSING_LIST) {
          this.depth--;
          this.isInItems = false;
          start = at;
        }
      } else if (code === QUOTE) {
        this.isInText = true;
        this.matched = 0;
      } else if (code === OPENING || code === OPENING_LIST) {
        this.depth++;
        if (this.depth === ITEMS && this.matched === NAME.length) {
          this.beginItems(code);
          this.keep(chunk.slice(start, at + 1));
          this.isInItems = true;
        }
      } else if (code === CLOSING || code === CLOSING_LIST) {
        this.depth--;
        if (this.isInItems && this.depth === ITEMS) {
          whole.push(JSON.parse(this.item + chunk.slice(start, at + 1)));
          this.item = '';
          this.last = 'item';
        }
      }
    }
    this.keep(chunk.slice(start));
    return whole;
  }

  /**
   * What else the list says, when all has come: itself, without its items.
   *
   * @throws SyntaxError when it is no JSON
   */
  public end(): unknown {
    return JSON.parse(this.head);
  }

  private passText(code: number): void {
    if (this.depth < ITEMS) {
      this.match(code);
    }
    if (this.isEscaped) {
      this.isEscaped = false;
    } else if (code === BACKSLASH) {
      this.isEscaped = true;
    } else if (code === QUOTE) {
      this.isInText = false;
    }
  }

  private match(code: number): void {
    if (code === NAME.charCodeAt(this.matched)) {
      this.matched++;
    } else if (code !== QUOTE || this.matched !== NAME.length) {
      this.matched = -1;
    }
  }

  private beginItems(code: number): void {
    if (code !== OPENING_LIST || this.hasItems) {
      throw new SyntaxError('its items are no list, or several');
    }
    this.hasItems = true;
  }

  /** Whether an item begins here. Between two of them is one comma. */
  private isItemAt(code: number): boolean {
    const isExpected =
      BLANKS.includes(code) ||
      (code === OPENING && this.last !== 'item') ||
      (code === COMMA && this.last === 'item') ||
      (code === CLOSING_LIST && this.last !== 'comma');
    if (!isExpected) {
      throw new SyntaxError('its items are no objects with commas between them');
    }
    if (code === COMMA) {
      this.last = 'comma';
    }
    return code === OPENING;
  }

  /** Commas between items are nobody's. */
  private keep(text: string): void {
    if (!this.isInItems) {
      this.head += text;
    } else if (this.depth > ITEMS) {
      this.item += text;
    }
    if (Math.max(this.head.length, this.item.length) > LONGEST) {
      throw new SyntaxError('it is longer than any answer of the API server');
    }
  }
}

const [QUOTE, BACKSLASH, OPENING_LIST, CLOSING_LIST, OPENING, CLOSING, COMMA] = [...'"\\[]{},'].map((each) =>
  each.charCodeAt(0),
);

/** What JSON has between its parts. */
const BLANKS = [...' \n\r\t'].map((each) => each.charCodeAt(0));
