import { actionsWith, type Features } from "./index.ts";

const patternsOf = (features: Features) =>
  actionsWith(features).flatMap(({ contract }) => {
    if (contract.trigger !== "http" || contract.catchAll) return [];
    const [method = "", path = ""] = contract.route.split(" ");
    return [{ method, path: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`) }];
  });

/** What tells the methods that the API of a stage knows at a path; none when there is no such path. */
export function routesWith(features: Features): (path: string) => string[] {
  const patterns = patternsOf(features);
  return (asked) => [...new Set(patterns.filter(({ path }) => path.test(asked)).map(({ method }) => method))];
}
