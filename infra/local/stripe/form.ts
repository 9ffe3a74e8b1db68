/** A value of Stripe's bracket encoding: text, or a record of further values. Arrays are records with numbers as keys. */
export type FormValue = string | FormRecord;

/** One level of a decoded body or query. */
export interface FormRecord {
  readonly [key: string]: FormValue;
}

type Branch = Map<string, string | Branch>;

/** Decodes `a=1&b[c]=2&d[]=3&e[0][f]=4`. Later values of one key replace earlier ones. */
export function decodeForm(encoded: string): FormRecord {
  const root: Branch = new Map();
  for (const [key, value] of new URLSearchParams(encoded)) place(root, pathOf(key), value);
  return recordOf(root);
}

/** A text that is equal for equal parameters, whatever their order. */
export function canonicalForm(form: FormRecord): string {
  const lines = (record: FormRecord, prefix: string): string[] =>
    Object.entries(record).flatMap(([key, value]) => {
      const path = `${prefix}[${encodeURIComponent(key)}]`;
      return typeof value === "string" ? [`${path}=${encodeURIComponent(value)}`] : lines(value, path);
    });
  return lines(form, "").sort().join("&");
}

function pathOf(key: string): string[] {
  const bracket = key.indexOf("[");
  if (bracket <= 0) return [key];
  const inner = [...key.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? "");
  return [key.slice(0, bracket), ...inner];
}

function place(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  path.forEach((segment, depth) => {
    const key = segment === "" && depth > 0 ? String(branch.size) : segment;
    if (depth === path.length - 1) {
      branch.set(key, value);
      return;
    }
    const known = branch.get(key);
    const next = known instanceof Map ? known : new Map<string, string | Branch>();
    branch.set(key, next);
    branch = next;
  });
}

// Object.fromEntries makes own properties, so that a parameter named __proto__ stays a parameter.
function recordOf(branch: Branch): FormRecord {
  return Object.fromEntries(
    [...branch].map(([key, value]) => [key, typeof value === "string" ? value : recordOf(value)]),
  );
}
