/** What of a page a position in its markup is in. */
export type Place =
  | 'text'
  | 'tag'
  | 'tag name'
  | 'attribute name'
  | 'quoted attribute'
  | 'unquoted attribute'
  | 'comment'
  | 'script'
  | 'style';

/** A position in markup that is read piece by piece, as the HTML tokenizer of a browser would. */
export class MarkupPlace {
  place: Place = 'text';
  /** Lower-case name of the attribute that is being read. */
  attribute = '';
  #element = '';
  #quote = '';
  #expectsValue = false;

  static copyOf(other: MarkupPlace): MarkupPlace {
    const copy = new MarkupPlace();
    copy.place = other.place;
    copy.attribute = other.attribute;
    copy.#element = other.#element;
    copy.#quote = other.#quote;
    copy.#expectsValue = other.#expectsValue;
    return copy;
  }

  /** Goes on behind the text. */
  read(text: string): void {
    for (let rest = text; rest !== '';) rest = rest.slice(this.#step(rest));
  }

  /** Goes on behind a value that is put in here. */
  readValue(): void {
    this.read('x');
  }

  /** Reads what the text begins with and says how many characters that was. */
  #step(text: string): number {
    if (this.place === 'comment') return this.#until(text, /-->/, 'text');
    if (this.place === 'script' || this.place === 'style') return this.#rawText(text);
    if (this.place === 'text') return this.#text(text);
    return this.#tag(text[0] ?? '');
  }

  #until(text: string, end: RegExp, then: Place): number {
    const match = end.exec(text);
    if (match) this.place = then;
    return match ? match.index + match[0].length : text.length;
  }

  #rawText(text: string): number {
    this.#element = '';
    return this.#until(text, new RegExp(`</${this.place}`, 'i'), 'tag');
  }

  #text(text: string): number {
    if (text.startsWith('<!--')) {
      this.place = 'comment';
      return 4;
    }
    const [name] = /^<\/?[a-z!]?/i.exec(text) ?? [];
    if (name === undefined) return 1;
    this.place = 'tag name';
    this.#element = name.replace('<', '').toLowerCase();
    return name.length;
  }

  #tag(character: string): number {
    const isSpace = /[\s/]/.test(character);
    if (this.place === 'quoted attribute') {
      if (character === this.#quote) this.place = 'tag';
    } else if (character === '>') {
      this.place = this.#element === 'script' || this.#element === 'style' ? this.#element : 'text';
    } else if (this.place === 'tag name') {
      if (isSpace) this.place = 'tag';
      else this.#element += character.toLowerCase();
    } else if (this.#expectsValue && /["']/.test(character)) {
      this.place = 'quoted attribute';
      this.#quote = character;
      this.#expectsValue = false;
    } else if (character === '=') {
      this.place = 'unquoted attribute';
      this.#expectsValue = true;
    } else if (this.place === 'unquoted attribute') {
      const isBlank = character.trim() === '';
      if (isBlank && !this.#expectsValue) this.place = 'tag';
      this.#expectsValue &&= isBlank;
    } else if (isSpace) {
      this.place = 'tag';
    } else {
      this.attribute = (this.place === 'attribute name' ? this.attribute : '') + character.toLowerCase();
      this.place = 'attribute name';
    }
    return 1;
  }
}
