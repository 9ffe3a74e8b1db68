import { schema } from "#shared/table/schema";
import type { Condition, Item } from "#shared/table/engine";

interface ExpressionAttributes {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** Collects names and values of one expression under short placeholders, so that no attribute name is reserved. */
export class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  #count = 0;

  name(attribute: string): string {
    const known = Object.entries(this.names).find(([, name]) => name === attribute);
    if (known) return known[0];
    const placeholder = `#${(this.#count += 1)}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:${(this.#count += 1)}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  /** As the SDK wants them: an empty set of names or values is refused by DynamoDB. */
  attributes(): ExpressionAttributes {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    };
  }
}

/** A condition as a DynamoDB condition expression; undefined when there is none. */
export function conditionExpression(condition: Condition, placeholders: Placeholders): string | undefined {
  if (condition.any) return undefined;
  const key = placeholders.name(schema.partitionKey);
  if (condition.absent) return `attribute_not_exists(${key})`;
  const equals = Object.entries(condition.equals ?? {}).map(
    ([attribute, value]) => `${placeholders.name(attribute)} = ${placeholders.value(value)}`,
  );
  const atLeast = Object.entries(condition.atLeast ?? {}).map(
    ([attribute, value]) => `${placeholders.name(attribute)} >= ${placeholders.value(value)}`,
  );
  const includes = Object.entries(condition.includes ?? {}).flatMap(([attribute, values]) =>
    values.map((value) => `contains(${placeholders.name(attribute)}, ${placeholders.value(value)})`),
  );
  return [`attribute_exists(${key})`, ...equals, ...atLeast, ...includes].join(" AND ");
}

/** `ADD` and `SET` of an update in place. */
export function updateExpression(
  add: Readonly<Record<string, number>>,
  set: Readonly<Record<string, unknown>>,
  placeholders: Placeholders,
): string {
  const added = Object.entries(add).map(([name, value]) => `${placeholders.name(name)} ${placeholders.value(value)}`);
  const assigned = Object.entries(set).map(
    ([name, value]) => `${placeholders.name(name)} = ${placeholders.value(value)}`,
  );
  return [added.length > 0 && `ADD ${added.join(", ")}`, assigned.length > 0 && `SET ${assigned.join(", ")}`]
    .filter((clause) => clause !== false)
    .join(" ");
}

/** Key attributes of an item, which is where a next page starts. */
export const positionOf = (item: Item, attributes: readonly string[]): Record<string, string> =>
  Object.fromEntries(attributes.map((attribute) => [attribute, String(item[attribute])]));
