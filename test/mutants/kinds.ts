/** What is taken away, one at a time: each kind finds its places in a source and says what stands there instead. */
import ts from "typescript";

/** One place of one file, and what it becomes. */
export interface Mutant {
  /** The same in every process. */
  readonly id: string;
  readonly kind: string;
  /** From the root of the project. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Kind {
  readonly name: string;
  /** Files it looks at, from the root of the project. */
  readonly files: RegExp;
  /** What a node becomes when it is such a place: each of the answers is a mutant. */
  mutate(node: ts.Node, source: ts.SourceFile): readonly Replacement[];
}

/** A node and what stands there instead; nothing, when it is left out. */
interface Replacement {
  readonly node: ts.Node;
  readonly text: string;
}

const conditionParts = new Set(["absent", "equals", "atLeast", "includes"]);
const nameOf = (property: ts.ObjectLiteralElementLike): string => property.name?.getText() ?? "";
const leftOut = (node: ts.Node): Replacement => ({ node, text: "" });

/** Elements of a list, each left out; an array's commas go with them. */
const eachLeftOut = (list: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression): Replacement[] => {
  const parts: readonly ts.Node[] = ts.isArrayLiteralExpression(list) ? list.elements : list.properties;
  const [open, close] = ts.isArrayLiteralExpression(list) ? ["[", "]"] : ["{", "}"];
  return parts.map((_, left) => ({
    node: list,
    text: `${open}${parts.flatMap((part, at) => (at === left ? [] : [part.getText()])).join(", ")}${close}`,
  }));
};

const throwsRefusal = (statement: ts.Statement): boolean => {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0] : statement;
  return only !== undefined && ts.isThrowStatement(only) && /\brefuse\(/.test(only.getText());
};

/** `requires: [...]`, and `requires: condition ? [...] : []`. */
const isRequired = (parent: ts.Node): boolean =>
  ts.isConditionalExpression(parent)
    ? isRequired(parent.parent)
    : ts.isPropertyAssignment(parent) && parent.name.getText() === "requires";

/** `a || b` becomes `a`, and `b`. */
const eachAlone = (node: ts.Node): readonly Replacement[] =>
  ts.isBinaryExpression(node) &&
  [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.AmpersandAmpersandToken].includes(node.operatorToken.kind)
    ? [node.left, node.right].map((side) => ({ node, text: side.getText() }))
    : [];

/** `Throttled: { meaning, article, metric }`. */
const isAlarm = (property: ts.ObjectLiteralElementLike): boolean =>
  ts.isPropertyAssignment(property) &&
  ts.isObjectLiteralExpression(property.initializer) &&
  property.initializer.properties.some((part) => nameOf(part) === "article");

const isMaking = (expression: ts.Expression): boolean =>
  ts.isNewExpression(expression) ||
  (ts.isCallExpression(expression) && expression.expression.kind !== ts.SyntaxKind.SuperKeyword);

export const kinds: readonly Kind[] = [
  {
    name: "condition of a write",
    files: /^shared\/(table\/(?!items\/)|adapters\/dynamodb\/)/,
    mutate: (node) => {
      if (!ts.isObjectLiteralExpression(node) || node.properties.length === 0) return [];
      const names = node.properties.map(nameOf);
      const parent = ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : "";
      if (names.every((name) => conditionParts.has(name)))
        return [{ node, text: "{ any: true }" }, ...(names.length > 1 ? eachLeftOut(node) : [])];
      return parent === "equals" || parent === "atLeast" ? eachLeftOut(node) : [];
    },
  },
  {
    name: "requirement of a change",
    files: /^shared\/(domain|table\/repositories)\//,
    mutate: (node) => (ts.isArrayLiteralExpression(node) && isRequired(node.parent) ? eachLeftOut(node) : []),
  },
  {
    name: "refusal of a rule",
    files: /^shared\/domain\//,
    mutate: (node) => (ts.isIfStatement(node) && throwsRefusal(node.thenStatement) ? [leftOut(node)] : []),
  },
  {
    name: "authorisation",
    files: /^shared\/(domain\/\w+\/(access|roles)|runtime\/(authenticate|middleware\/(role-gate|authentication)))\.ts$/,
    mutate: (node) => [
      ...eachAlone(node),
      ...(ts.isIfStatement(node) && !throwsRefusal(node.thenStatement) ? [leftOut(node)] : []),
    ],
  },
  {
    name: "check of a token or signature",
    files: /^shared\/(runtime\/(authenticate|cursor)|adapters\/stripe\/\w+)\.ts$/,
    mutate: (node) => {
      if (ts.isCallExpression(node) && /JwtVerifier\.create$/.test(node.expression.getText())) {
        const [options] = node.arguments;
        return options && ts.isObjectLiteralExpression(options) ? eachLeftOut(options) : [];
      }
      return ts.isIfStatement(node) && ts.isThrowStatement(node.thenStatement) ? [leftOut(node)] : [];
    },
  },
  {
    name: "report of a failure",
    files:
      /^(shared\/runtime\/(implement-\w+|until-each-decided|pipelines|middleware\/[\w-]+)|shared\/adapters\/(eventbridge|kinesis)\/[\w-]+|lambdas\/[\w-]+\/(relay|roll|seal|sweep)[\w-]*)\.ts$/,
    mutate: (node) => {
      if (ts.isReturnStatement(node) && node.expression && /fail/i.test(node.expression.getText()))
        return [{ node: node.expression, text: "[]" }];
      if (ts.isExpressionStatement(node) && /fail\w*\.(push|add)\(|^log\(/i.test(node.getText()))
        return [leftOut(node)];
      return ts.isThrowStatement(node) ? [leftOut(node)] : [];
    },
  },
  {
    name: "alarm",
    files: /^infra\/(constructs\/[\w-]*alarm|stacks\/observability|constructs\/dead-letter-queue)[\w-]*\.ts$/,
    mutate: (node) => {
      if (ts.isObjectLiteralExpression(node) && node.properties.some(isAlarm)) return eachLeftOut(node);
      return ts.isExpressionStatement(node) && isMaking(node.expression) ? [leftOut(node)] : [];
    },
  },
  {
    name: "filter of an alarm",
    files: /^infra\/log-patterns\.ts$/,
    mutate: (node) => {
      if (!ts.isCallExpression(node) || !["all", "any"].includes(node.expression.getText())) return [];
      const parts = node.arguments.map((part) => part.getText());
      return parts.map((left) => ({
        node,
        text: `${node.expression.getText()}(${parts.filter((part) => part !== left).join(", ")})`,
      }));
    },
  },
];

/** Every mutant of a file; what two kinds find is one. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const concerned = kinds.filter(({ files }) => files.test(file));
  if (concerned.length === 0) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, Mutant>();
  const visit = (node: ts.Node): void => {
    for (const kind of concerned)
      for (const { node: place, text: replacement } of kind.mutate(node, source)) {
        const [start, end] = [place.getStart(), place.getEnd()];
        const id = `${file}:${start}-${end}:${replacement}`;
        if (!found.has(id)) found.set(id, { id, kind: kind.name, file, start, end, text: replacement });
      }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found.values()];
}
