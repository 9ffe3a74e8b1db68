/**
 * CloudWatch's filter patterns for JSON, as far as ours go: `{ ($.a = "x") && ($.b.c != "y") || … }`, evaluated on one line.
 * What AWS does not document is an error here, so that no pattern of ours can lean on it: other syntax, and `!=` on a field
 * that is not there. Source: CloudWatch Logs user guide, filter patterns for JSON log events.
 */

type Test = (line: unknown) => boolean;

const TOKEN = /\s*(\(|\)|&&|\|\||!=|=|\$(?:\.\w+)+|"[^"*\\]*")/y;

function tokensOf(pattern: string): string[] {
  const inner = /^\{(.*)\}$/s.exec(pattern)?.[1]?.trim();
  if (inner === undefined) throw new Error(`no pattern for JSON: ${pattern}`);
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < inner.length) {
    const token = TOKEN.exec(inner)?.[1];
    if (token === undefined) throw new Error(`a pattern that is not understood: ${pattern}`);
    tokens.push(token);
  }
  return tokens;
}

const fieldOf = (line: unknown, selector: string): unknown =>
  selector
    .split(".")
    .slice(1)
    .reduce<unknown>(
      (value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined),
      line,
    );

/** Reads one expression after the other off the front of `tokens`. */
function parse(tokens: string[]): Test {
  const take = (): string => tokens.shift() ?? "the end";
  const comparison = (): Test => {
    const [selector, operator, quoted] = [take(), take(), take()];
    if (!selector.startsWith("$.") || !/^!?=$/.test(operator) || !quoted.startsWith('"'))
      throw new Error(`no comparison: ${selector} ${operator} ${quoted}`);
    const wanted = quoted.slice(1, -1);
    return (line) => {
      const value = fieldOf(line, selector);
      if (operator === "=") return value === wanted;
      if (typeof value !== "string") throw new Error(`AWS does not say what ${selector} != … is where there is none`);
      return value !== wanted;
    };
  };
  const term = (): Test => {
    if (tokens[0] !== "(") return comparison();
    take();
    const inner = either();
    if (take() !== ")") throw new Error("a bracket that is not closed");
    return inner;
  };
  const chain = (operator: string, part: () => Test, join: (tests: Test[]) => Test): Test => {
    const tests = [part()];
    while (tokens[0] === operator) {
      take();
      tests.push(part());
    }
    return join(tests);
  };
  const both = (): Test => chain("&&", term, (tests) => (line) => tests.every((test) => test(line)));
  const either = (): Test => chain("||", both, (tests) => (line) => tests.some((test) => test(line)));
  return either();
}

/** Whether a pattern matches a line as it is in the log. */
export function matches(pattern: string, line: string): boolean {
  const tokens = tokensOf(pattern);
  const test = parse(tokens);
  if (tokens.length > 0) throw new Error(`more than one expression: ${pattern}`);
  return test(JSON.parse(line));
}
