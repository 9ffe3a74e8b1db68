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

/** `*` is any text, `?` any character; case counts. Source: IAM user guide, "String condition operators". */
const like = (text: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[\\^$.+()|[\]{}]/g, "\\$&")
      .replaceAll("*", "[^]*")
      .replaceAll("?", "[^]")}$`,
  ).test(text);

const KEYS = "dynamodb:LeadingKeys";
/** Every value asked for fits one of the patterns; no values at all fit, too. Source: IAM user guide, "Set operators". */
const forAllValuesLike = (values: readonly string[], patterns: readonly string[]): boolean =>
  values.every((value) => patterns.some((pattern) => like(value, pattern)));

function holds(operator: string, condition: Condition, { leadingKeys }: TableRequest): boolean {
  const keys = Object.keys(condition);
  if (keys.length !== 1 || keys[0] !== KEYS) throw new Error(`a condition on ${keys.join(", ")} is not known here`);
  if (operator === "ForAllValues:StringLike") return forAllValuesLike(leadingKeys, listOf(condition[KEYS]));
  if (operator === "Null")
    return listOf(condition[KEYS]).every((isNull) => (isNull === "true") === (leadingKeys.length === 0));
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

function fits(statement: Statement, request: TableRequest): boolean {
  const { Action, Condition = {} } = statement;
  return (
    listOf(Action).some((pattern) => like(`dynamodb:${request.action}`, pattern)) &&
    resourcesOf(statement).some((resource) => resource === '"*"' || placeOf(resource) === (request.index ?? "")) &&
    Object.entries(Condition).every(([operator, condition]) => holds(operator, condition, request))
  );
}

/** Whether a role with these statements may do it. One that denies explicitly wins; without one that allows, nothing may be done. */
export function allows(statements: readonly Statement[], request: TableRequest): boolean {
  const fitting = statements.filter((statement) => fits(statement, request));
  return fitting.some(({ Effect }) => Effect === "Allow") && fitting.every(({ Effect }) => Effect === "Allow");
}
