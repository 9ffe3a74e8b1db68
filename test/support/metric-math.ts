import { runInNewContext } from "node:vm";

/** What CloudWatch would reckon. Source: its user guide, "Using metric math": functions IF and FILL, and logical operators. */
export const reckoned = (expression: string, values: Readonly<Record<string, number | undefined>>): unknown =>
  runInNewContext(expression.replaceAll("IF(", "choose(").replaceAll(" AND ", " && "), {
    ...values,
    choose: (is: boolean, one: number, other: number) => (is ? one : other),
    FILL: (value: number | undefined, by: number) => value ?? by,
  });
