import { parse } from '@handlebars/parser';
import { MarkupPlace, type Place } from './markup-place.js';

/** An expression that a template puts into the page, and what of the page it stands in. */
export interface PlacedExpression {
  /** The helper that is called, else the path that is shown. */
  name: string;
  escaped: boolean;
  kind: 'value' | 'partial' | 'dynamic partial';
  place: Place;
  /** Lower-case name of the attribute whose value it stands in, or an empty string. */
  attribute: string;
  line: number;
}

/** A node of Handlebars' syntax tree, with what nodes of several kinds have; the parser's own types do not resolve. */
interface Node {
  type: string;
  loc: { start: { line: number } };
  /** Of text. */
  value: string;
  /** Of an expression. */
  path: Path;
  escaped: boolean;
  /** Of a partial. */
  name: Path;
  /** Of a block. */
  program?: Program;
  inverse?: Program;
}

interface Path {
  type: string;
  original?: unknown;
}

interface Program {
  body: Node[];
}

/**
 * Where in the markup each expression of a Handlebars template stands, in both branches of every block.
 * @throws Error for branches that end in different places of the markup, and for statements that do more than show
 */
export function placedExpressions(source: string): PlacedExpression[] {
  const found: PlacedExpression[] = [];
  visit(parse(source) as Program, new MarkupPlace(), found);
  return found;
}

/** Reads a program that begins at the place, and says where it ends. */
function visit({ body }: Program, start: MarkupPlace, found: PlacedExpression[]): MarkupPlace {
  let at = start;
  for (const node of body) {
    if (node.type === 'ContentStatement') {
      at.read(node.value);
    } else if (node.type === 'MustacheStatement') {
      found.push({ ...placed(node, node.path, at), escaped: node.escaped, kind: 'value' });
      at.readValue();
    } else if (node.type === 'PartialStatement') {
      const kind = node.name.type === 'PathExpression' ? 'partial' : 'dynamic partial';
      found.push({ ...placed(node, node.name, at), escaped: true, kind });
    } else if (node.type === 'BlockStatement') {
      at = visitBlock(node, at, found);
    } else if (node.type !== 'CommentStatement') {
      throw new Error(`${node.type} at line ${node.loc.start.line}`);
    }
  }
  return at;
}

function visitBlock(block: Node, start: MarkupPlace, found: PlacedExpression[]): MarkupPlace {
  const ends = [block.program, block.inverse].map((branch) => {
    const at = MarkupPlace.copyOf(start);
    return branch ? visit(branch, at, found) : at;
  });
  const [end = start, other = start] = ends;
  if (end.place !== other.place) throw new Error(`Unbalanced block at line ${block.loc.start.line}`);
  return end;
}

function placed({ loc }: Node, { original }: Path, { place, attribute }: MarkupPlace) {
  return {
    name: typeof original === 'string' ? original : '',
    place,
    attribute: place.endsWith('quoted attribute') ? attribute : '',
    line: loc.start.line,
  };
}
