import { runInNewContext } from "node:vm";

/** What CloudWatch would reckon. Source: its user guide, "Using metric math": function IF, and logical operators. */
export const reckoned = (expression: string, values: Readonly<Record<string, number>>): unknown =>
  runInNewContext(expression.replaceAll("IF(", "choose(").replaceAll(" AND ", " && "), {
    ...values,
    choose: (is: boolean, one: number, other: number) => (is ? one : other),
  });
