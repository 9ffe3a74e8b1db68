/** IAM's decision about a request to the table, as far as our policies use its language; anything else in them is an error. */
import { listOf, pointsTo, type Statement } from "./promises/stage.ts";

export interface TableRequest {
  /** Without the service: `PutItem`. */
  readonly action: string;
  /** The index that is asked; left out for the table itself. */
  readonly index?: string;
  /** Partition keys of everything asked for; none for what names no key, as a scan. */
  readonly leadingKeys: readonly string[];
}

type Condition = Readonly<Record<string, string | readonly string[]>>;
type Test = (text: string) => boolean;
type KeysTest = (leadingKeys: readonly string[]) => boolean;

/** Whether a text is like one of the patterns: `*` is any text, `?` any character; case counts. Source: IAM user guide, "String condition operators". */
function like(patterns: readonly string[]): Test {
  const expressions = patterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[\\^$.+()|[\]{}]/g, "\\$&")
          .replaceAll("*", "[^]*")
          .replaceAll("?", "[^]")}$`,
      ),
  );
  return (text) => expressions.some((expression) => expression.test(text));
}

const KEYS = "dynamodb:LeadingKeys";

function conditionOf(operator: string, condition: Condition): KeysTest {
  const keys = Object.keys(condition);
  if (keys.length !== 1 || keys[0] !== KEYS) throw new Error(`a condition on ${keys.join(", ")} is not known here`);
  const values = listOf(condition[KEYS]);
  if (operator === "ForAllValues:StringLike") {
    // Every value asked for fits one of the patterns; no values at all fit, too. Source: IAM user guide, "Set operators".
    const fitsOne = like(values);
    return (leadingKeys) => leadingKeys.every(fitsOne);
  }
  if (operator === "Null")
    return (leadingKeys) => values.every((isNull) => (isNull === "true") === (leadingKeys.length === 0));
  throw new Error(`the operator ${operator} is not known here`);
}

const resourcesOf = ({ Resource }: Statement): readonly string[] =>
  (Array.isArray(Resource) ? (Resource as unknown[]) : [Resource]).map(pointsTo);

/** Where a statement's resource lies: the index's name, "" for the table itself, undefined for anything else. */
function placeOf(resource: string): string | undefined {
  if (!/"[^"]*(?:FnGetAtt|:)?Table[^"]*Arn[^"]*"/.test(resource)) return undefined;
  if (resource.includes("/stream/")) return undefined;
  return /\/index\/([^"]+)"/.exec(resource)?.[1] ?? "";
}

/** A statement, read once for the many requests that it decides about. */
function read(statement: Statement) {
  const { Effect, Action, Condition = {} } = statement;
  const isNamed = like(listOf(Action));
  const places = resourcesOf(statement).map((resource) => (resource === '"*"' ? resource : placeOf(resource)));
  // Conditions of what is no right on the table are other services' and need not be known.
  let conditions: readonly KeysTest[] | undefined;
  return {
    isAllowing: Effect === "Allow",
    isAbout: (action: string, place: string) =>
      (places.includes('"*"') || places.includes(place)) && isNamed(`dynamodb:${action}`),
    holds: (leadingKeys: readonly string[]) => {
      conditions ??= Object.entries(Condition).map(([operator, condition]) => conditionOf(operator, condition));
      return conditions.every((condition) => condition(leadingKeys));
    },
  };
}

/** Whether a role with these statements may do it. One that denies explicitly wins; without one that allows, nothing may be done. */
export function decisionOf(statements: readonly Statement[]): (request: TableRequest) => boolean {
  const all = statements.map(read);
  // A function has a handful of statements about one action in one place, and is asked about thousands of keys there.
  const about = new Map<string, typeof all>();
  return ({ action, index = "", leadingKeys }) => {
    const asked = `${action} ${index}`;
    const known = about.get(asked) ?? all.filter((one) => one.isAbout(action, index));
    about.set(asked, known);
    const fitting = known.filter(({ holds }) => holds(leadingKeys));
    return fitting.length > 0 && fitting.every(({ isAllowing }) => isAllowing);
  };
}
